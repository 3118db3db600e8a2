import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it, onTestFinished } from "vitest";
import type { CacheStats } from "../../../../src/core/engine.ts";
import { boundHistory, DEFAULT_BOUNDS } from "../../../../src/core/store/housekeeping.ts";
import { createStoreHost } from "../../../../src/core/store/storeHost.ts";
import { intentOf, RECEIPT, settlementOf } from "../../../support/storeFixture.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

const DAY_MS = 86_400_000;

async function openHost(options: { readonly diskBytes?: number; readonly notices?: string[] } = {}) {
  const folder = temporaryFolder();
  const clock = { nowMs: 100 * DAY_MS };
  const { diskBytes, notices } = options;
  const host = createStoreHost(
    { folder, ownerId: "x", ...(diskBytes !== undefined && { diskBytes }) },
    () => clock.nowMs,
    (notice) => notices?.push(notice),
  );
  onTestFinished(() => host.close() as Promise<void>);
  await host.open();
  let runs = 0;
  return {
    host,
    folder,
    clock,
    /** A run that does nothing: what follows it is looked at. */
    async run() {
      const id = `run${runs++}`;
      await host.startRun({ id, workspace: "w", provider: "offline", model: null });
      await host.endRun(id, "complete");
      await host.stats();
    },
    stats: async () => (await host.stats()) as CacheStats,
    /** Waits for what is done after a run. */
    async settled() {
      await host.close();
      await host.open();
    },
    query(sql: string) {
      const db = new DatabaseSync(path.join(folder, "onceover.db"));
      try {
        return db.prepare(sql).all();
      } finally {
        db.close();
      }
    },
  };
}

const analyses = (count: number, name: string) =>
  Array.from({ length: count }, (_, at) => ({ key: `${name}${at}`, findings: [], costMs: 5 }));

describe("after a run", () => {
  it("keeps what can be computed again within its size, and the dearest of it", async () => {
    const { host, run, settled, query } = await openHost({ diskBytes: 40 * 180 });
    await host.saveAnalyses(analyses(60, "cheap"));
    await host.saveAnalyses([{ key: "dear", findings: [], costMs: 500 }]);
    await run();
    await settled();
    const keys = query("SELECT key FROM analyses").map((row) => row["key"]);
    expect(keys.length).toBeGreaterThan(30);
    expect(keys.length).toBeLessThan(61);
    expect(keys).toContain("dear");
  });

  it("drops what has not been used for its time, and keeps paid reviews for ever", async () => {
    const { host, clock, run, settled, stats } = await openHost();
    await host.saveAnalyses(analyses(5, "old"));
    await host.recordIntent(intentOf("q", "k"), true);
    await host.settle(settlementOf("q", "k"));
    clock.nowMs += 29 * DAY_MS;
    await run();
    await settled();
    expect(await stats()).toMatchObject({ analyses: 5, reviews: 1 });
    clock.nowMs += 900 * DAY_MS;
    await run();
    await settled();
    expect(await stats()).toMatchObject({ analyses: 0, reviews: 1 });
  });

  it("gives more time to what is used", async () => {
    const { host, query } = await openHost();
    await host.saveAnalyses(analyses(1, "a"));
    const ttl = () => Number(query("SELECT ttl_ms FROM analyses")[0]!["ttl_ms"]);
    const { createUseNotes } = await import("../../../../src/core/store/useNotes.ts");
    const before = ttl();
    const db = new DatabaseSync(":memory:");
    db.exec("CREATE TABLE analyses (key TEXT, used_at INTEGER, uses INTEGER, ttl_ms INTEGER)");
    db.prepare("INSERT INTO analyses VALUES ('a', 0, 0, ?)").run(before);
    const note = createUseNotes(db, "analyses", () => 7);
    note("a");
    const grown = db.prepare("SELECT * FROM analyses").get()!;
    expect(grown).toMatchObject({ used_at: 7, uses: 1, ttl_ms: before * 1.5 });
    for (let day = 0; day < 20; day++) note("a");
    expect(db.prepare("SELECT ttl_ms FROM analyses").get()).toMatchObject({ ttl_ms: 365 * DAY_MS });
    db.close();
  });

  it("says that paid reviews are more than the limit, and removes none", async () => {
    const notices: string[] = [];
    const { host, run, settled, stats } = await openHost({ diskBytes: 10, notices });
    await host.recordIntent(intentOf("q", "k"), true);
    await host.settle(settlementOf("q", "k"));
    await run();
    await settled();
    expect(notices.join()).toMatch(/paid for and are kept/);
    expect(await stats()).toMatchObject({ reviews: 1 });
  });
});

describe("history", () => {
  it("holds the newest runs, and all that are under way", async () => {
    const { host, clock, folder, query } = await openHost();
    for (let at = 0; at < 12; at++) {
      clock.nowMs++;
      await host.startRun({ id: `r${at}`, workspace: "w", provider: "offline", model: null });
      if (at !== 0) await host.endRun(`r${at}`, "complete");
    }
    const db = new DatabaseSync(path.join(folder, "onceover.db"));
    boundHistory(db, { ...DEFAULT_BOUNDS, runs: 3 });
    db.close();
    const ids = query("SELECT id FROM runs ORDER BY started_at").map((row) => row["id"]);
    expect(ids).toEqual(["r0", "r9", "r10", "r11"]);
  });

  it("lets go of old reports and of raw replies that came to nothing, never of unread ones or of the ledger", async () => {
    const { host, clock, folder, query } = await openHost();
    for (const at of [0, 1, 2]) {
      clock.nowMs++;
      await host.recordIntent(intentOf(`failed${at}`, `f${at}`), true);
      await host.recordReply(`failed${at}`, "x", RECEIPT);
      await host.settle(settlementOf(`failed${at}`, `f${at}`, { review: null, code: "reply-unparseable" }));
      await host.recordIntent(intentOf(`unread${at}`, `u${at}`), true);
      await host.recordReply(`unread${at}`, "y", RECEIPT);
    }
    const db = new DatabaseSync(path.join(folder, "onceover.db"));
    db.prepare(
      `INSERT INTO reports (workspace, run_id, saved_at, digest, body)
       VALUES ('old', 'r', 1, x'00', zeroblob(60)), ('new', 'r', 2, x'00', zeroblob(60))`,
    ).run();
    boundHistory(db, { ...DEFAULT_BOUNDS, historyBytes: 160 });
    boundHistory(db, { ...DEFAULT_BOUNDS, historyBytes: 160 });
    db.close();
    expect(query("SELECT workspace FROM reports")).toMatchObject([{ workspace: "new" }]);
    const raw = query("SELECT request_id FROM ledger WHERE raw IS NOT NULL ORDER BY request_id");
    expect(raw.map((row) => row["request_id"]).filter((id) => String(id).startsWith("unread"))).toHaveLength(3);
    const bytes = query("SELECT sum(length(raw)) AS n FROM ledger WHERE state <> 'received'")[0]!["n"];
    expect(Number(bytes)).toBeLessThanOrEqual(80);
    expect(query("SELECT count(*) AS n FROM ledger")).toMatchObject([{ n: 6 }]);
  });
});
