import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { errorCode } from "../../../../src/shared/errors.ts";
import { startStore } from "../../../../src/core/store/storeClient.ts";
import { writeEmergencyEntry } from "../../../../src/core/store/emergency.ts";
import { createOwner } from "../../../../src/core/store/leases.ts";
import { formatMark } from "../../../../src/core/store/schema.ts";
import {
  BATCH,
  intentOf,
  openStore,
  planRequest,
  RECEIPT,
  REVIEW,
  settlementOf,
} from "../../../support/storeFixture.ts";
import { temporaryFolder, writeFiles } from "../../../support/temporaryFolder.ts";

const database = (folder: string) => path.join(folder, "onceover.db");

async function keyOf(store: Awaited<ReturnType<typeof openStore>>, workspace: string): Promise<string> {
  return (await store.plan(planRequest(workspace))).files[0]!.units[0]!.key;
}

/** Overwrites every third page that holds `text`, and none of those that every opening reads. */
function damagePages(file: string, text: string): void {
  const bytes = fs.readFileSync(file);
  const pageSize = bytes.readUInt16BE(16);
  const pages = Array.from({ length: bytes.length / pageSize }, (_, page) =>
    bytes.subarray(page * pageSize, (page + 1) * pageSize),
  );
  const holding = pages.filter((page) => page.includes(text));
  expect(holding.length).toBeGreaterThan(3);
  for (const [index, page] of holding.entries()) if (index % 3 === 1) page.fill(0xee);
  fs.writeFileSync(file, bytes);
}

describe("the store", () => {
  it("gives back a review after it was closed and opened again", async () => {
    const folder = temporaryFolder();
    const workspace = temporaryFolder({ "a.ts": "export const a = 1;\n" });
    const first = await openStore(folder);
    const key = await keyOf(first, workspace);
    expect(await first.recordIntent(intentOf("q1", key), true)).toEqual({ outcome: "granted" });
    await first.recordReply("q1", "{}", RECEIPT);
    await first.settle(settlementOf("q1", key));
    await first.close();

    const second = await openStore(folder, "other");
    const unit = (await second.plan(planRequest(workspace))).files[0]!.units[0]!;
    expect(unit).toMatchObject({ review: REVIEW, verdict: null, rawReply: null, listPriceNano: 2_000_000 });
    expect(await second.recordIntent(intentOf("q2", key), true)).toMatchObject({ outcome: "answered" });
    expect(await second.stats()).toMatchObject({ reviews: 1, ledgerRows: 1, spentUsd: 0.001234567 });
  });

  it("finds a renamed file's review, and not an edited one's", async () => {
    const store = await openStore(temporaryFolder());
    const workspace = temporaryFolder({ "a.ts": "export const a = 1;\n" });
    const key = await keyOf(store, workspace);
    fs.renameSync(path.join(workspace, "a.ts"), path.join(workspace, "b.ts"));
    expect(await keyOf(store, workspace)).toBe(key);
    writeFiles(workspace, { "b.ts": "export const a = 2;\n" });
    expect(await keyOf(store, workspace)).not.toBe(key);
  });

  it("hands back a paid reply that nobody had read when its process ended", async () => {
    const folder = temporaryFolder();
    const workspace = temporaryFolder({ "a.ts": "export const a = 1;\n" });
    const store = await openStore(folder);
    const key = await keyOf(store, workspace);
    await store.recordIntent(intentOf("q1", key), true);
    await store.recordReply("q1", '{"summary":"s","findings":[]}', RECEIPT);
    const unit = (await store.plan(planRequest(workspace))).files[0]!.units[0]!;
    expect(unit.rawReply).toEqual({ requestId: "q1", text: '{"summary":"s","findings":[]}' });
  });

  it("finds a second time in memory what it found on disk, until another process replaces or clears it", async () => {
    const folder = temporaryFolder();
    const workspace = temporaryFolder({ "a.ts": "export const a = 1;\n" });
    const [one, two] = [await openStore(folder, "one"), await openStore(folder, "two")];
    const planned = async () => {
      const { hits, files } = await one.plan(planRequest(workspace));
      return { hits, review: files[0]!.units[0]!.review };
    };
    const key = await keyOf(one, workspace);
    const pay = async (requestId: string, summary: string) => {
      await two.recordIntent(intentOf(requestId, key), false);
      await two.settle(settlementOf(requestId, key, { review: { ...REVIEW, summary } }));
    };
    await pay("q1", "first");
    expect(await planned()).toMatchObject({ hits: { memory: 0, disk: 1 }, review: { summary: "first" } });
    expect(await planned()).toMatchObject({ hits: { memory: 1, disk: 0 }, review: { summary: "first" } });
    await pay("q2", "second");
    expect(await planned()).toMatchObject({ hits: { memory: 0, disk: 1 }, review: { summary: "second" } });
    await two.clear();
    expect(await planned()).toMatchObject({ hits: { memory: 0, disk: 0 }, review: null });
  });

  it("hands on a paid reply whose process ended before it was read, instead of paying again", async () => {
    const folder = temporaryFolder();
    const one = await openStore(folder, "one");
    await one.recordIntent(intentOf("q1", "k"), true);
    await one.recordReply("q1", "{}", RECEIPT);
    await one.close();
    const two = await openStore(folder, "two");
    const answer = await two.recordIntent(intentOf("q2", "k"), true);
    expect(answer).toEqual({ outcome: "unread", rawReply: { requestId: "q1", text: "{}" } });
    await two.settle(settlementOf("q1", "k"));
    expect(await two.recordIntent(intentOf("q3", "k"), true)).toMatchObject({ outcome: "answered" });
    expect(await two.stats()).toMatchObject({ ledgerRows: 1 });
  });

  it("commits nothing to a file that another process has set aside", async () => {
    const folder = temporaryFolder();
    const store = await openStore(folder);
    await store.recordIntent(intentOf("q1", "k"), true);
    fs.renameSync(database(folder), `${database(folder)}.damaged-1`);
    for (const suffix of ["-wal", "-shm"]) fs.rmSync(database(folder) + suffix, { force: true });
    const other = await openStore(folder, "other");
    await store.settle(settlementOf("q1", "k"));
    expect(await other.recordIntent(intentOf("q2", "k"), true)).toMatchObject({ outcome: "answered" });
  });

  it("hands nothing over for the night that another run of the process pays for", async () => {
    const folder = temporaryFolder();
    const [store, other] = [await openStore(folder), await openStore(folder, "other")];
    await store.startRun({ id: "run", workspace: "w", provider: "openai", model: "m" });
    await store.recordIntent(intentOf("q1", "k"), true);
    const unit = { intent: { ...intentOf("q2", "k"), runId: "night" }, source: { text: "a", redactions: [] } };
    expect(await store.recordBatch(BATCH, [unit], true, null)).toEqual(["held"]);
    expect(await other.recordIntent({ ...intentOf("q3", "k"), runId: "other" }, true)).toMatchObject({
      outcome: "held",
    });
    await store.recordFailure("q1", "server-error", RECEIPT);
    expect(await store.recordBatch(BATCH, [unit], true, null)).toEqual(["granted"]);
    expect(await other.recordIntent(intentOf("q4", "k"), true)).toEqual({ outcome: "submitted" });
    // Who asks for it all the same waits for nobody.
    expect(await store.recordIntent({ ...intentOf("q5", "k"), asksAgain: true }, true)).toEqual({ outcome: "granted" });
  });

  it("is free for others once its reply could not be read, whoever asks again", async () => {
    const folder = temporaryFolder();
    const [one, two] = [await openStore(folder, "one"), await openStore(folder, "two")];
    await one.recordIntent(intentOf("q1", "k"), true);
    await one.recordReply("q1", "?", RECEIPT);
    expect(await two.recordIntent(intentOf("q2", "k"), true)).toMatchObject({ outcome: "held" });
    await one.settle({ ...settlementOf("q1", "k"), review: null, code: "reply-unparseable" });
    expect(await two.recordIntent(intentOf("q2", "k"), true)).toEqual({ outcome: "granted" });
  });

  it("lets one process pay for a key at a time", async () => {
    const folder = temporaryFolder();
    const [one, two] = [await openStore(folder, "one"), await openStore(folder, "two")];
    expect(await one.recordIntent(intentOf("q1", "k"), true)).toEqual({ outcome: "granted" });
    const held = await two.recordIntent(intentOf("q2", "k"), true);
    expect(held).toMatchObject({ outcome: "held" });
    await one.recordReply("q1", "{}", RECEIPT);
    await one.settle(settlementOf("q1", "k"));
    expect(await two.recordIntent(intentOf("q2", "k"), true)).toMatchObject({
      outcome: "answered",
      unit: { review: REVIEW },
    });
  });

  it("gives a dead process's lease away at once and writes its request down as maybe billed", async () => {
    const folder = temporaryFolder();
    const store = await openStore(folder);
    const dead = spawnSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }).stdout.trim();
    const owner = createOwner("x").replace(`:${process.pid}:`, `:${dead}:`);
    const db = new DatabaseSync(database(folder));
    db.prepare("INSERT INTO leases VALUES ('k', ?, ?)").run(owner, Date.now() + 14_000);
    db.prepare(
      "INSERT INTO ledger (request_id, run_id, key, owner, provider, model, origin, attempt, state, created_at, reserved_nano) VALUES ('old', 'r', 'k', ?, 'openai', 'm', 'o', 1, 'intent', 0, 7000000)",
    ).run(owner);
    db.close();
    expect(await store.recordIntent(intentOf("q1", "k"), true)).toEqual({ outcome: "granted" });
    const again = await openStore(folder, "again");
    expect(await again.stats()).toMatchObject({ maybeBilledUsd: 0.007 });
  });

  it("keeps a failed request in the ledger and frees its key", async () => {
    const folder = temporaryFolder();
    const [one, two] = [await openStore(folder, "one"), await openStore(folder, "two")];
    await one.recordIntent(intentOf("q1", "k"), true);
    await one.recordFailure("q1", "server-error", { ...RECEIPT, costNano: 0, maybeNano: 3_000_000 });
    expect(await two.recordIntent(intentOf("q2", "k"), true)).toEqual({ outcome: "granted" });
    expect(await two.stats()).toMatchObject({ maybeBilledUsd: 0.003, reviews: 0 });
  });

  it("treats a damaged row as a miss and says so when asked", async () => {
    const folder = temporaryFolder();
    const store = await openStore(folder);
    await store.recordIntent(intentOf("q1", "k"), true);
    await store.recordReply("q1", "{}", RECEIPT);
    await store.settle(settlementOf("q1", "k"));
    expect(await store.verify()).toMatchObject({ ok: true, checked: 1 });
    const db = new DatabaseSync(database(folder));
    db.exec("UPDATE reviews SET body = x'00ff00'");
    db.close();
    expect((await store.verify()).problems).toHaveLength(1);
    expect(await store.recordIntent(intentOf("q2", "k"), true)).toEqual({ outcome: "granted" });
  });

  it("sets a damaged file aside and saves what is sound", async () => {
    const folder = temporaryFolder();
    const store = await openStore(folder);
    for (let index = 0; index < 400; index++) {
      await store.recordIntent(intentOf(`q${index}`, `k${index}`), true);
    }
    await Promise.all(Array.from({ length: 400 }, (_, index) => store.settle(settlementOf(`q${index}`, `k${index}`))));
    await store.close();
    const bytes = fs.readFileSync(database(folder));
    bytes.fill(0xff, 0, 100); // The header: no longer a database at all.
    fs.writeFileSync(database(folder), bytes);
    const again = startStore({ folder, ownerId: "again" });
    const notices = await again.open();
    await again.close();
    expect(notices.join()).toMatch(/damaged.*set aside/);
    expect(fs.readdirSync(folder).filter((name) => name.includes("damaged"))).not.toHaveLength(0);
  });

  it("repairs damage inside the file as soon as a statement meets it", async () => {
    const folder = temporaryFolder();
    const store = await openStore(folder);
    const keys = Array.from({ length: 300 }, (_, index) => `k${index}`);
    await Promise.all(keys.map((key) => store.recordIntent(intentOf(`q-${key}`, key), true)));
    await Promise.all(keys.map((key) => store.settle(settlementOf(`q-${key}`, key))));
    await store.close();
    damagePages(database(folder), "q-k");

    const notices: string[] = [];
    const second = startStore({ folder, ownerId: "second" }, (notice) => notices.push(notice));
    notices.push(...(await second.open()));
    await second.verify();
    for (const key of keys) await second.recordIntent(intentOf(`again-${key}`, key), true);
    expect(notices.join()).toMatch(/damaged.*set aside.*sound rows were saved/);
    expect((await second.verify()).ok).toBe(true);
    expect((await second.stats()).reviews).toBeGreaterThan(0);
    await second.close();
  });

  it("stores at the next start what only the emergency file could take", async () => {
    const folder = temporaryFolder();
    await (await openStore(folder)).close();
    expect(
      writeEmergencyEntry(folder, "x", { settlement: settlementOf("q1", "k"), raw: "{}", receipt: RECEIPT }),
    ).toBeDefined();
    fs.appendFileSync(path.join(folder, "emergency-x.jsonl"), '{"settlement":{"key":');
    writeEmergencyEntry(folder, "x", { settlement: settlementOf("q2", "k2"), raw: "{}", receipt: RECEIPT });
    const store = startStore({ folder, ownerId: "again" });
    expect((await store.open()).join()).toMatch(/2 replies/);
    expect(await store.recordIntent(intentOf("q2", "k"), true)).toMatchObject({ outcome: "answered" });
    // The line that was cut short stays for whoever wants to look.
    expect(fs.readdirSync(folder).filter((name) => name.startsWith("emergency"))).toEqual([
      expect.stringMatching(/^emergency-x\.jsonl\..*unreadable$/),
    ]);
    await store.close();
  });

  it("says in one line what is wrong with an unwritable place", async () => {
    const folder = temporaryFolder({ file: "" });
    const store = startStore({ folder: path.join(folder, "file"), ownerId: "x" });
    const error = await store.open().catch((one: unknown) => one);
    expect(errorCode(error)).toBe("store-failed");
    expect(String(error)).not.toContain("\n");
    await store.close();
  });

  it("refuses a database of a newer version instead of touching it", async () => {
    const folder = temporaryFolder();
    await (await openStore(folder)).close();
    const db = new DatabaseSync(database(folder));
    db.exec(`PRAGMA user_version = 999; PRAGMA application_id = ${formatMark(999)}`);
    db.close();
    const store = startStore({ folder, ownerId: "x" });
    await expect(store.open()).rejects.toMatchObject({
      code: "store-failed",
      message: expect.stringContaining("newer version"),
    });
    await store.close();
  });

  it("clears reviews and keeps the ledger", async () => {
    const store = await openStore(temporaryFolder());
    await store.recordIntent(intentOf("q1", "k"), true);
    await store.recordReply("q1", "{}", RECEIPT);
    await store.settle(settlementOf("q1", "k"));
    await store.saveAnalyses([{ key: "a", findings: [] }]);
    expect(await store.clear()).toBe(2);
    expect(await store.stats()).toMatchObject({ reviews: 0, analyses: 0, ledgerRows: 1 });
  });

  it("prunes analyses to a size, and never a paid review", async () => {
    const store = await openStore(temporaryFolder());
    await store.recordIntent(intentOf("q1", "k"), true);
    await store.settle(settlementOf("q1", "k"));
    await store.saveAnalyses(Array.from({ length: 50 }, (_, index) => ({ key: `a${index}`, findings: [] })));
    expect(await store.prune(0)).toBe(50);
    expect(await store.stats()).toMatchObject({ reviews: 1, analyses: 0 });
  });

  it("answers while another process holds the database's lock, once that one lets go", async () => {
    const folder = temporaryFolder();
    const store = await openStore(folder);
    const other = new DatabaseSync(database(folder));
    other.exec("BEGIN IMMEDIATE");
    let done = false;
    const write = store.saveAnalyses([{ key: "a", findings: [] }]).then(() => (done = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(done).toBe(false);
    other.exec("COMMIT");
    other.close();
    await write;
    expect(await store.stats()).toMatchObject({ analyses: 1 });
  });
});
