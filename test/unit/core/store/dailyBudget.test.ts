import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { localDay } from "../../../../src/core/store/daySpending.ts";
import { LEASE_MS } from "../../../../src/core/store/leases.ts";
import type { IntentAnswer } from "../../../../src/core/store/intent.ts";
import { createStoreHost } from "../../../../src/core/store/storeHost.ts";
import { intentOf, openStore, RECEIPT, settlementOf } from "../../../support/storeFixture.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

const NOON = new Date(2026, 10, 20, 12).getTime();
const DAY_MS = 24 * 60 * 60_000;

/** A store in this thread, whose clock the test owns. */
async function hostAt(folder: string, ownerId: string, now: () => number) {
  const host = createStoreHost({ folder, ownerId }, now);
  onTestFinished(async () => void (await host.close()));
  await host.open();
  return {
    ...host,
    intent: async (id: string, reservedNano: number, limitNano: number | null) =>
      (await host.recordIntent({ ...intentOf(id, `key-${id}`), reservedNano }, true, limitNano)) as IntentAnswer,
    /** Ends a request: with a review, or without a usable reply. */
    async end(id: string, receipt: { readonly costNano: number | null; readonly maybeNano: number }, ok: boolean) {
      if (!ok) return host.recordFailure(id, "server-error", { ...RECEIPT, ...receipt });
      await host.recordReply(id, "{}", { ...RECEIPT, ...receipt });
      return host.settle(settlementOf(id, `key-${id}`));
    },
  };
}

type Host = Awaited<ReturnType<typeof hostAt>>;

describe("the daily budget", () => {
  it("counts what was billed, what may have been, and what is reserved, by whichever window", async () => {
    const folder = temporaryFolder();
    const [one, two] = [await hostAt(folder, "one", () => NOON), await hostAt(folder, "two", () => NOON)];
    expect(await one.intent("a", 40, 100)).toMatchObject({
      outcome: "granted",
      day: { spentNano: 0, reservedNano: 40 },
    });
    await one.end("a", { costNano: 30, maybeNano: 0 }, true);
    await one.intent("b", 20, 100);
    await one.end("b", { costNano: 0, maybeNano: 20 }, false);
    // Without a wall of its own it spends from the same day.
    expect(await two.intent("c", 25, null)).toEqual({ outcome: "granted" });
    expect(await one.spentToday()).toMatchObject({ spentNano: 50, reservedNano: 25 });
    expect(await two.intent("d", 26, 100)).toMatchObject({ outcome: "over-daily-budget", mayFit: true });
    expect(await two.intent("d", 25, 100)).toMatchObject({ outcome: "granted" });
    expect(await two.intent("e", 51, 100)).toMatchObject({ outcome: "over-daily-budget", mayFit: false });
  });

  it("leaves nothing behind of what it refuses", async () => {
    const folder = temporaryFolder();
    const [one, two] = [await hostAt(folder, "one", () => NOON), await hostAt(folder, "two", () => NOON)];
    expect(await one.intent("a", 2, 1)).toMatchObject({ outcome: "over-daily-budget" });
    expect(await one.stats()).toMatchObject({ ledgerRows: 0 });
    // The key's lease is free for whoever may pay.
    expect(await two.recordIntent(intentOf("b", "key-a"), true)).toEqual({ outcome: "granted" });
  });

  it("an unknown cost counts as all that was reserved for it", async () => {
    const host = await hostAt(temporaryFolder(), "one", () => NOON);
    await host.intent("a", 60, 100);
    await host.end("a", { costNano: null, maybeNano: 60 }, true);
    expect(await host.intent("b", 41, 100)).toMatchObject({ outcome: "over-daily-budget", mayFit: false });
  });

  it("starts anew at midnight, local time", async () => {
    let nowMs = localDay(NOON).endMs - 1;
    const host = await hostAt(temporaryFolder(), "one", () => nowMs);
    await host.intent("a", 100, 100);
    expect(await host.intent("b", 1, 100)).toMatchObject({
      outcome: "over-daily-budget",
      day: { endsAtMs: localDay(NOON).endMs },
    });
    nowMs += 1;
    expect(await host.spentToday()).toMatchObject({ spentNano: 0, reservedNano: 0 });
    expect(await host.intent("b", 100, 100)).toMatchObject({ outcome: "granted" });
  });

  it("does not wait for what a dead process had reserved", async () => {
    let nowMs = NOON;
    const folder = temporaryFolder();
    const dead = await hostAt(folder, "dead", () => nowMs);
    await dead.intent("a", 80, 100);
    nowMs += LEASE_MS;
    const host = await hostAt(folder, "one", () => nowMs);
    expect(await host.intent("b", 30, 100)).toMatchObject({
      outcome: "over-daily-budget",
      mayFit: false,
      day: { spentNano: 80, reservedNano: 0 },
    });
  });

  it("two windows' threads cannot both pass the wall", async () => {
    const folder = temporaryFolder();
    const stores = [await openStore(folder, "one"), await openStore(folder, "two")];
    const asked = Array.from({ length: 60 }, (_, at) =>
      stores[at % 2]!.recordIntent({ ...intentOf(`q${at}`, `k${at}`), reservedNano: 10 }, true, 205),
    );
    const granted = (await Promise.all(asked)).filter(({ outcome }) => outcome === "granted");
    expect(granted).toHaveLength(20);
  });
});

type Step =
  | { readonly kind: "ask"; readonly window: number; readonly nano: number }
  /** `share` of what was reserved. */
  | { readonly kind: "end"; readonly nth: number; readonly share: number; readonly how: "billed" | "maybe" | "unknown" }
  | { readonly kind: "kill"; readonly window: number }
  | { readonly kind: "pass"; readonly ms: number };

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant("ask" as const), window: fc.nat(1), nano: fc.nat(60) }) },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant("end" as const),
        nth: fc.nat(20),
        share: fc.double({ min: 0, max: 1, noNaN: true }),
        how: fc.constantFrom("billed" as const, "maybe" as const, "unknown" as const),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("kill" as const), window: fc.nat(1) }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant("pass" as const), ms: fc.integer({ min: 0, max: DAY_MS }) }),
    },
  ),
  { minLength: 5, maxLength: 40 },
);

it("two windows, faults, kills and midnights: no day ever holds more than its budget, and none refuses what fits", async () => {
  const limitNano = 100;
  await fc.assert(
    fc.asyncProperty(steps, async (schedule) => {
      const folder = temporaryFolder();
      let nowMs = NOON;
      const hosts: Host[] = [await hostAt(folder, "w0", () => nowMs), await hostAt(folder, "w1", () => nowMs)];
      const db = new DatabaseSync(path.join(folder, "onceover.db"));
      const open: { readonly id: string; readonly nano: number; readonly window: number }[] = [];
      try {
        for (const [at, step] of schedule.entries()) {
          if (step.kind === "ask") {
            const used = usedOn(db, nowMs);
            const { outcome } = await hosts[step.window]!.intent(`q${at}`, step.nano, limitNano);
            expect(outcome).toBe(used + step.nano <= limitNano ? "granted" : "over-daily-budget");
            if (outcome === "granted") open.push({ id: `q${at}`, nano: step.nano, window: step.window });
          } else if (step.kind === "end" && open.length > 0) {
            const [request] = open.splice(step.nth % open.length, 1);
            const nano = Math.floor(request!.nano * step.share);
            const receipt = {
              billed: { costNano: nano, maybeNano: 0 },
              maybe: { costNano: 0, maybeNano: nano },
              unknown: { costNano: null, maybeNano: request!.nano },
            }[step.how];
            await hosts[request!.window]!.end(request!.id, receipt, step.how !== "maybe");
          } else if (step.kind === "kill") {
            // Its leases run out unrenewed; whoever opens the store next finds what it left.
            for (const one of open.filter(({ window }) => window === step.window)) open.splice(open.indexOf(one), 1);
            nowMs += LEASE_MS;
            hosts[step.window] = await hostAt(folder, `w${step.window}-${at}`, () => nowMs);
          } else if (step.kind === "pass") {
            nowMs += step.ms;
          }
          for (const used of usedByDay(db)) expect(used).toBeLessThanOrEqual(limitNano);
        }
      } finally {
        db.close();
      }
    }),
    { numRuns: 25 },
  );
});

/** What the ledger says, worked out in another way than the store does. */
function rowsOf(db: DatabaseSync): { readonly day: number; readonly nano: number }[] {
  return db
    .prepare("SELECT * FROM ledger")
    .all()
    .map((row) => ({
      day: localDay(Number(row["created_at"])).startMs,
      nano:
        row["state"] === "intent" ? Number(row["reserved_nano"]) : Number(row["cost_nano"]) + Number(row["maybe_nano"]),
    }));
}

function usedByDay(db: DatabaseSync): number[] {
  const days = Map.groupBy(rowsOf(db), ({ day }) => day);
  return [...days.values()].map((rows) => rows.reduce((sum, { nano }) => sum + nano, 0));
}

function usedOn(db: DatabaseSync, nowMs: number): number {
  const { startMs } = localDay(nowMs);
  return rowsOf(db).reduce((sum, { day, nano }) => (day === startMs ? sum + nano : sum), 0);
}
