import { describe, expect, it } from "vitest";
import { writeEmergencyEntry } from "../../../../src/core/store/emergency.ts";
import type { LookIntent } from "../../../../src/core/store/intent.ts";
import type { LookRow } from "../../../../src/core/store/storedReview.ts";
import type { SecondLook } from "../../../../src/shared/report.ts";
import { intentOf, openStore, RECEIPT, settlementOf } from "../../../support/storeFixture.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

const LOOK: SecondLook = { verdict: "refuted", reason: "It is checked.", evidence: "if (x) return;" };
const KEYS = [
  { key: "k1", place: "p1" },
  { key: "k2", place: "p2" },
];

function lookIntent(requestId: string): LookIntent {
  const { place: _place, ...intent } = intentOf(requestId, "request");
  return { ...intent, looks: KEYS };
}

const rows = KEYS.map((keys): LookRow => ({ ...keys, look: LOOK, listPriceNano: 5 }));
const settlement = (requestId: string) => settlementOf(requestId, "request", { review: null, looks: rows });

describe("second looks in the store", () => {
  it("are there after it was closed, under their keys and wherever the same claim stands", async () => {
    const folder = temporaryFolder();
    const first = await openStore(folder);
    expect(await first.recordLookIntent(lookIntent("q1"), true, null)).toEqual({ outcome: "granted" });
    await first.recordReply("q1", "{}", RECEIPT);
    await first.settle(settlement("q1"));
    await first.close();
    const again = await openStore(folder);
    expect(
      await again.findLooks([
        { key: "k2", place: "elsewhere" },
        { key: "k3", place: "p3" },
      ]),
    ).toEqual([LOOK, undefined]);
    // All of them are known: there is nothing to ask, but for whoever wants it anew.
    expect(await again.recordLookIntent(lookIntent("q2"), true, null)).toEqual({ outcome: "held", expiresInMs: 0 });
    expect(await again.recordLookIntent(lookIntent("q3"), false, null)).toEqual({ outcome: "granted" });
    expect(await again.verify()).toMatchObject({ ok: true });
    await again.clear();
    expect(await again.findLooks(KEYS)).toEqual([undefined, undefined]);
  });

  it("are paid for by one process at a time, and within the day", async () => {
    const folder = temporaryFolder();
    const [one, other] = [await openStore(folder, "one"), await openStore(folder, "other")];
    expect(await one.recordLookIntent(lookIntent("q1"), true, 1)).toMatchObject({ outcome: "over-daily-budget" });
    expect(await one.recordLookIntent(lookIntent("q2"), true, 9_000_000)).toMatchObject({ outcome: "granted" });
    expect(await other.recordLookIntent(lookIntent("q3"), true, null)).toMatchObject({ outcome: "held" });
    expect((await other.stats()).ledgerRows).toBe(1);
  });

  it("are paid for by one run of a process at a time", async () => {
    const store = await openStore(temporaryFolder());
    await store.startRun({ id: "run", workspace: "w", provider: "openai", model: "m" });
    expect(await store.recordLookIntent(lookIntent("q1"), true, null)).toEqual({ outcome: "granted" });
    const another = { ...lookIntent("q2"), runId: "another" };
    expect(await store.recordLookIntent(another, true, null)).toMatchObject({ outcome: "held" });
    await store.endRun("run", "error");
    expect(await store.recordLookIntent(another, true, null)).toEqual({ outcome: "granted" });
  });

  it("come back from the emergency file", async () => {
    const folder = temporaryFolder();
    const first = await openStore(folder);
    await first.close();
    writeEmergencyEntry(folder, "x", { settlement: settlement("q2"), raw: "{}", receipt: RECEIPT });
    const again = await openStore(folder);
    expect(await again.findLooks(KEYS)).toEqual([LOOK, LOOK]);
  });

  it("hands the unread reply to whoever asks next", async () => {
    const folder = temporaryFolder();
    const first = await openStore(folder);
    await first.recordLookIntent(lookIntent("q1"), true, null);
    await first.recordReply("q1", "paid for", RECEIPT);
    await first.close();
    const again = await openStore(folder);
    expect(await again.recordLookIntent(lookIntent("q2"), true, null)).toEqual({
      outcome: "unread",
      rawReply: { requestId: "q1", text: "paid for" },
    });
  });
});
