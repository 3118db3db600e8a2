import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import type { SecondLook } from "../../../../src/shared/report.ts";
import type { Store } from "../../../../src/core/store/store.ts";
import { packText } from "../../../../src/core/store/packedJson.ts";
import { createOldDatabase, packOld } from "../../../support/oldSeals.ts";
import { sampleReport } from "../../../support/sampleReport.ts";
import { BATCH, intentOf, openStore, planRequest, REVIEW, settlementOf } from "../../../support/storeFixture.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

const LOOK: SecondLook = { verdict: "confirmed", reason: "It is so.", evidence: null };
const SOURCE = { text: "export const a = 1;\n", redactions: [] };
const REPORT = sampleReport();
const REPEATABLE = { workspace: "w", minimumSeverity: "info" } as const;
const LATER = { ...REPORT, run: { ...REPORT.run, id: "later" } };

/** One row of every kind that carries a seal, and of each what it was sealed with before. */
function fillOld(folder: string): void {
  const db = createOldDatabase(folder);
  const [review, look, source] = [packOld(REVIEW), packOld(LOOK), packOld(SOURCE)];
  const report = packOld({ report: REPORT, hashes: {} });
  const { run, usage, cost, cache, latency, memory } = LATER;
  const repeated = JSON.stringify({ run, usage, cost, cache, latency, memory });
  db.prepare("INSERT INTO reviews VALUES ('k', 'review', 'm', 'r', 'run', 1, 1, 2000000, ?, ?)").run(
    review.digest,
    review.body,
  );
  db.prepare("INSERT INTO looks VALUES ('look', 'm', 'r', 'run', 1, NULL, ?, ?)").run(look.digest, look.body);
  db.exec("INSERT INTO look_places VALUES ('place', 'look')");
  db.exec(
    `INSERT INTO batches (id, run_id, workspace, workspace_name, owner, provider, model, recipe, origin, prices, state,
       created_at, units, reserved_nano)
     VALUES ('b1', 'run', 'w', 'w', 'o:1:x', 'openai', 'm', 'r', 'o', '{}', 'pending', 1, 1, 5)`,
  );
  db.prepare("INSERT INTO batch_units VALUES ('out', 'b1', 'night', 5, ?, ?)").run(source.digest, source.body);
  db.prepare("INSERT INTO reports VALUES ('w', 'later', 1, ?, ?, 'state', ?)").run(
    report.digest,
    report.body,
    repeated,
  );
  const ledger = db.prepare(
    `INSERT INTO ledger (request_id, run_id, key, owner, provider, model, origin, attempt, state, created_at,
       reserved_nano, raw) VALUES (?, 'run', ?, 'o:1:x', 'openai', 'm', 'o', 1, ?, 1, 5, ?)`,
  );
  ledger.run("out", "night", "intent", null);
  ledger.run("unread", "paid", "received", zlib.deflateRawSync("a paid reply"));
  db.close();
}

async function expectAll(store: Store): Promise<void> {
  expect(await store.recordIntent(intentOf("q1", "k"), true)).toMatchObject({
    outcome: "answered",
    unit: { review: REVIEW, listPriceNano: 2_000_000 },
  });
  expect(await store.findLooks([{ key: "look", place: "elsewhere" }])).toEqual([LOOK]);
  expect(await store.recordIntent(intentOf("q2", "night"), true)).toEqual({ outcome: "submitted" });
  expect(await store.batchUnits("b1", ["out"])).toMatchObject([{ requestId: "out", key: "night", source: SOURCE }]);
  expect(await store.recordIntent(intentOf("q3", "paid"), true)).toEqual({
    outcome: "unread",
    rawReply: { requestId: "unread", text: "a paid reply" },
  });
  expect((await store.lastReport("w", { folders: [], trusted: true }))?.run.id).toBe("later");
  expect((await store.verify()).problems).toEqual([]);
}

function damageTable(folder: string, table: string): void {
  const file = path.join(folder, "onceover.db");
  const db = new DatabaseSync(file);
  const page = Number(db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = ?").get(table)!["rootpage"]);
  db.close();
  const bytes = fs.readFileSync(file);
  bytes.fill(0xff, (page - 1) * 4096, page * 4096);
  fs.writeFileSync(file, bytes);
}

describe("rows of before seals covered keys", () => {
  it("are sealed when the store is opened", async () => {
    const folder = temporaryFolder();
    fillOld(folder);
    await expectAll(await openStore(folder));
  });

  it("are sealed when they are saved from a damaged file, also in two passes", async () => {
    const folder = temporaryFolder();
    fillOld(folder);
    // What cannot be read is not brought up to date either: what can be is read twice.
    for (const table of ["analyses", "analyses_by_use", "dismissals"]) damageTable(folder, table);
    await expectAll(await openStore(folder));
    expect(fs.readdirSync(folder).some((name) => name.includes(".damaged-"))).toBe(true);
  });
});

/** With `sql` done to the file in between. */
async function withDamage(sql: string): Promise<Store> {
  const folder = temporaryFolder();
  const store = await openStore(folder);
  const looks = ["a", "b"].map((key) => ({
    key,
    place: `at ${key}`,
    look: { ...LOOK, reason: key },
    listPriceNano: 1,
  }));
  await store.settle(settlementOf("q", "request", { review: null, looks }));
  const units = ["a", "b"].map((key) => ({ intent: intentOf(`out-${key}`, key), source: { ...SOURCE, text: key } }));
  await store.recordBatch(BATCH, units, true, null);
  const { state } = await store.plan(planRequest(temporaryFolder(), { repeatable: REPEATABLE }));
  await store.saveReport("w", { report: REPORT, hashes: {} }, { scope: "workspace", folders: [], state });
  await store.repeatReport("w", LATER);
  await store.close();
  const db = new DatabaseSync(path.join(folder, "onceover.db"));
  db.exec(sql);
  db.close();
  return openStore(folder, "again");
}

const LOOKS = ["a", "b"].map((key) => ({ key, place: `at ${key}` }));

describe("a row that passes for another one", () => {
  it("is no second look", async () => {
    const store = await withDamage(
      "UPDATE looks SET body = (SELECT body FROM looks WHERE key = 'b'), digest = (SELECT digest FROM looks WHERE key = 'b')",
    );
    expect(await store.findLooks(LOOKS)).toEqual([undefined, { ...LOOK, reason: "b" }]);
  });

  it("is no second look at another price", async () => {
    const store = await withDamage("UPDATE looks SET list_price_nano = 9 WHERE key = 'a'");
    expect(await store.findLooks(LOOKS)).toEqual([undefined, { ...LOOK, reason: "b" }]);
    expect((await store.verify()).problems).toHaveLength(1);
  });

  it("places no findings of a batch, and is out all the same", async () => {
    const store = await withDamage("UPDATE batch_units SET key = 'c' WHERE key = 'a'");
    const ids = ["out-a", "out-b"];
    expect(await store.batchUnits("b1", ids)).toMatchObject([{ source: null }, { source: { text: "b" } }]);
    expect(await store.recordIntent(intentOf("q1", "c"), true)).toEqual({ outcome: "submitted" });
  });

  it("tells of no later run", async () => {
    const of = { folders: [], trusted: true };
    const idAfter = async (sql: string) => (await (await withDamage(sql)).lastReport("w", of))?.run.id;
    const foreign = packText("{}", ["w", "another"]).toString("hex");
    expect(await idAfter("")).toBe("later");
    expect(await idAfter(`UPDATE reports SET repeated = x'${foreign}'`)).toBe(REPORT.run.id);
    expect(await idAfter("UPDATE reports SET repeated = '{'")).toBe(REPORT.run.id);
  });
});

describe("a unit of a batch in a damaged file", () => {
  it("is still out when its text is damaged: asked again it would be paid twice", async () => {
    const folder = temporaryFolder();
    const store = await openStore(folder);
    await store.recordBatch(BATCH, [{ intent: intentOf("out", "k"), source: SOURCE }], true, null);
    await store.close();
    const file = path.join(folder, "onceover.db");
    const db = new DatabaseSync(file);
    db.exec("UPDATE batch_units SET body = x'00'");
    db.close();
    const bytes = fs.readFileSync(file);
    bytes.fill(0xff, 0, 16);
    fs.writeFileSync(file, bytes);
    const again = await openStore(folder, "again");
    expect(await again.recordIntent(intentOf("q", "k"), true)).toEqual({ outcome: "submitted" });
    expect(await again.batchUnits("b1", ["out"])).toMatchObject([{ source: null }]);
  });
});
