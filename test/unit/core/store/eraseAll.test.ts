import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it, onTestFinished } from "vitest";
import { createOwner, LEASE_MS, runLease } from "../../../../src/core/store/leases.ts";
import type { Store } from "../../../../src/core/store/store.ts";
import { errorCode } from "../../../../src/shared/errors.ts";
import { writeEmergencyEntry } from "../../../../src/core/store/emergency.ts";
import { intentOf, openStore, planRequest, RECEIPT, settlementOf } from "../../../support/storeFixture.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

const SECRET = "a-title-that-nobody-else-writes";
const database = (folder: string) => path.join(folder, "onceover.db");

/** One row of every kind that a run and a person leave behind. */
async function fill(store: Store, workspace: string): Promise<void> {
  const folders = [{ path: workspace, prefix: "" }];
  const { key } = (await store.plan(planRequest(workspace))).files[0]!.units[0]!;
  await store.startRun({ id: "run", workspace: "w", provider: "openai", model: "m" });
  await store.recordIntent(intentOf("q1", key), true);
  await store.recordReply("q1", "{}", RECEIPT);
  await store.settle(settlementOf("q1", key));
  await store.saveAnalyses([{ key: "a", findings: [] }]);
  await store.endRun("run", "complete");
  const dismissal = { id: "f", path: "a.ts", rule: "r", title: SECRET, reason: "wont-fix", note: "" } as const;
  await store.dismiss({ folders, trusted: true }, [dismissal]);
}

function rowsOf(folder: string): Record<string, number> {
  const db = new DatabaseSync(database(folder), { readOnly: true });
  try {
    const tables = db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .all()
      // Counters alone, by which other processes see that there was an erasure.
      .filter(({ name }) => name !== "marks");
    return Object.fromEntries(
      tables.map(({ name }) => [name, Number(db.prepare(`SELECT count(*) AS n FROM ${name}`).get()!["n"])]),
    );
  } finally {
    db.close();
  }
}

const bytesOf = (folder: string) =>
  Buffer.concat(fs.readdirSync(folder).map((name) => fs.readFileSync(path.join(folder, name)))).toString("latin1");

describe("erasing all", () => {
  it("leaves no row in any table and no text in any file, and the store goes on", async () => {
    const folder = temporaryFolder();
    const workspace = temporaryFolder({ "a.ts": "export const a = 1;\n" });
    const store = await openStore(folder);
    await fill(store, workspace);
    const before = rowsOf(folder);
    const filled = ["reviews", "analyses", "dismissals", "runs", "ledger", "files", "unit_history"];
    for (const table of filled) expect(before[table], table).toBeGreaterThan(0);
    expect(bytesOf(folder)).toContain(SECRET);

    const erased = await store.eraseAll();
    expect(erased).toMatchObject({ reviews: 1, analyses: 1, dismissals: 1, runs: 1, ledgerRows: 1 });
    expect(Object.values(rowsOf(folder)).filter((count) => count > 0)).toEqual([]);
    expect(bytesOf(folder)).not.toContain(SECRET);
    expect(await store.stats()).toMatchObject({ reviews: 0, spentUsd: 0, sizeBytes: erased.sizeBytes });

    await fill(store, workspace);
    expect(await store.stats()).toMatchObject({ reviews: 1, dismissals: 1, runs: 1 });
  });

  it("removes copies of damaged files and replies that wait in files", async () => {
    const folder = temporaryFolder();
    const store = await openStore(folder);
    const names = ["onceover.db.damaged-17", "onceover.db.damaged-17-wal", "emergency-x.jsonl.taken"];
    for (const name of names) fs.writeFileSync(path.join(folder, name), SECRET);
    fs.writeFileSync(path.join(folder, "notes.txt"), "a person's own");
    const entry = { settlement: settlementOf("q1", "k"), raw: "{}", receipt: RECEIPT };
    expect(writeEmergencyEntry(folder, "y", entry)).toBeDefined();
    await store.eraseAll();
    expect(fs.readdirSync(folder).filter((name) => !name.startsWith("onceover.db"))).toEqual(["notes.txt"]);
    expect(fs.readdirSync(folder).filter((name) => name.includes("damaged"))).toEqual([]);
  });

  it("is seen by another connection, which goes on with what it had open", async () => {
    const folder = temporaryFolder();
    const workspace = temporaryFolder({ "a.ts": "export const a = 1;\n" });
    const here = await openStore(folder, "here");
    const there = await openStore(folder, "there");
    await fill(there, workspace);
    await here.eraseAll();
    expect(await there.stats()).toMatchObject({ reviews: 0, dismissals: 0, ledgerRows: 0 });
    await fill(there, workspace);
    expect(await here.stats()).toMatchObject({ reviews: 1, dismissals: 1, ledgerRows: 1 });
  });

  it.each(["here", "there"])("is refused while a run is under way %s, and done when it is over", async (where) => {
    const folder = temporaryFolder();
    const here = await openStore(folder, "here");
    const there = await openStore(folder, "there");
    await fill(here, temporaryFolder({ "a.ts": "export const a = 1;\n" }));
    const runner = where === "here" ? here : there;
    await runner.startRun({ id: "second", workspace: "w", provider: "offline", model: null });
    await expect(here.eraseAll()).rejects.toSatisfy((error) => errorCode(error) === "store-busy");
    expect(await here.stats()).toMatchObject({ reviews: 1, dismissals: 1, runs: 2 });
    await runner.endRun("second", "cancel");
    expect(await here.eraseAll()).toMatchObject({ runs: 2 });
  });

  it("waits for no run whose process is gone, whose time is up or that comes from a clock ahead", async () => {
    const folder = temporaryFolder();
    const store = await openStore(folder);
    const child = spawn(process.execPath, ["-e", ""]);
    await once(child, "exit");
    const gone = createOwner("x").replace(`:${process.pid}:`, `:${child.pid}:`);
    const db = new DatabaseSync(database(folder));
    onTestFinished(() => db.close());
    const insert = db.prepare("INSERT INTO leases (key, owner, expires_at) VALUES (?, ?, ?)");
    insert.run(runLease("a"), gone, Date.now() + LEASE_MS / 2);
    insert.run(runLease("b"), "another-host:1:x", Date.now() - 1);
    insert.run(runLease("c"), "another-host:1:x", Date.now() + LEASE_MS * 10);
    insert.run("a unit's key", "another-host:1:x", Date.now() + LEASE_MS / 2);
    await store.eraseAll();
    expect(rowsOf(folder)["leases"]).toBe(0);
    insert.run(runLease("d"), "another-host:1:x", Date.now() + LEASE_MS / 2);
    await expect(store.eraseAll()).rejects.toThrow("in another window or terminal");
  });

  it("waits for another process's lock", async () => {
    const folder = temporaryFolder();
    const store = await openStore(folder);
    await fill(store, temporaryFolder({ "a.ts": "export const a = 1;\n" }));
    const db = new DatabaseSync(database(folder));
    onTestFinished(() => db.close());
    db.exec("BEGIN IMMEDIATE; DELETE FROM runs");
    const erased = store.eraseAll();
    // Answered after it: the store has met the lock by then.
    await expect(Promise.race([erased, store.stats()])).resolves.toMatchObject({ reviews: 1 });
    db.exec("ROLLBACK");
    expect(await erased).toMatchObject({ runs: 1, reviews: 1 });
  });
});
