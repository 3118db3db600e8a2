import fs from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { writeEmergencyEntry } from "../../../../src/core/store/emergency.ts";
import { MIGRATIONS } from "../../../../src/core/store/schema.ts";
import type { PackIntent } from "../../../../src/core/store/intent.ts";
import { intentOf, openStore, RECEIPT, REVIEW, settlementOf } from "../../../support/storeFixture.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

function packOf(requestId: string, keys: readonly string[]): PackIntent {
  const { place, ...intent } = intentOf(requestId, `pack:${keys.join()}`);
  return { ...intent, units: keys.map((key) => ({ key, place: { ...place, path: `/${key}.ts` } })) };
}

const settled = (requestId: string, keys: readonly string[], code: string | null = null) => ({
  requestId,
  key: packOf(requestId, keys).key,
  settlements: keys.map((key) => settlementOf(requestId, key)),
  code,
});

const NIGHT = {
  id: "night",
  runId: "run",
  workspace: "w",
  workspaceName: "shop",
  provider: "openai",
  model: "m",
  recipe: "r",
  origin: "http://127.0.0.1:1",
  baseUrl: null,
  prices: {},
};

/** What a version that knew second looks, and no packs, has left. */
function writeEarlierStore(folder: string): void {
  const db = new DatabaseSync(path.join(folder, "onceover.db"));
  const before = MIGRATIONS.findIndex((sql) => sql.includes("CREATE TABLE pack_units"));
  expect(MIGRATIONS.slice(0, before).some((sql) => sql.includes("CREATE TABLE look_places"))).toBe(true);
  expect(MIGRATIONS.slice(0, before).some((sql) => sql.includes("CREATE TABLE batch_units"))).toBe(true);
  for (const sql of MIGRATIONS.slice(0, before)) db.exec(sql);
  db.exec(`PRAGMA user_version = ${before}; INSERT INTO look_places (place, key) VALUES ('p', 'k')`);
  db.close();
}

describe("a pack in the store", () => {
  it("finds room in the store of a version without packs, whose second looks stay", async () => {
    const folder = temporaryFolder();
    writeEarlierStore(folder);
    const store = await openStore(folder);
    expect(await store.recordPackIntent(packOf("q1", ["a", "b"]), true)).toEqual({ outcome: "granted" });
    await store.close();
    const db = new DatabaseSync(path.join(folder, "onceover.db"));
    expect(db.prepare("SELECT count(*) AS places FROM look_places").get()).toEqual({ places: 1 });
    expect(db.prepare("SELECT count(*) AS units FROM pack_units").get()).toEqual({ units: 2 });
    expect(db.prepare("PRAGMA user_version").get()).toEqual({ user_version: MIGRATIONS.length });
    db.close();
  });

  it("takes all of its units' leases or none", async () => {
    const folder = temporaryFolder();
    const [one, two] = [await openStore(folder, "one"), await openStore(folder, "two")];
    expect(await one.recordIntent(intentOf("q1", "b"), true)).toEqual({ outcome: "granted" });
    expect(await two.recordPackIntent(packOf("q2", ["a", "b", "c"]), true)).toEqual({
      outcome: "broken-up",
      answered: [],
      held: ["b"],
    });
    // What it could have had is free.
    expect(await one.recordPackIntent(packOf("q3", ["a", "c"]), true)).toEqual({ outcome: "granted" });
    expect(await two.recordIntent(intentOf("q4", "a"), true)).toMatchObject({ outcome: "held" });
    expect(await two.stats()).toMatchObject({ ledgerRows: 2 });
  });

  it("leaves out what was submitted for the night, unless it is to be asked for again", async () => {
    const store = await openStore(temporaryFolder());
    const unit = { intent: intentOf("q1", "b"), source: { text: "", redactions: [] } };
    expect(await store.recordBatch(NIGHT, [unit], true, null)).toEqual(["granted"]);
    expect(await store.recordPackIntent(packOf("q2", ["a", "b", "c"]), true)).toEqual({
      outcome: "broken-up",
      answered: [],
      held: ["b"],
    });
    const again = { ...packOf("q3", ["a", "b", "c"]), asksAgain: true };
    expect(await store.recordPackIntent(again, true)).toEqual({ outcome: "granted" });
  });

  it("says which of its units are answered, and writes nothing", async () => {
    const store = await openStore(temporaryFolder());
    await store.recordIntent(intentOf("q1", "a"), true);
    await store.recordReply("q1", "{}", RECEIPT);
    await store.settle(settlementOf("q1", "a"));
    const answer = await store.recordPackIntent(packOf("q2", ["a", "b"]), true);
    expect(answer).toMatchObject({
      outcome: "broken-up",
      held: [],
      answered: [{ key: "a", unit: { review: REVIEW } }],
    });
    expect(await store.recordPackIntent(packOf("q2", ["a", "b"]), false)).toEqual({ outcome: "granted" });
  });

  it("stores every unit's review with one request's cost, and frees all of them", async () => {
    const folder = temporaryFolder();
    const [one, two] = [await openStore(folder, "one"), await openStore(folder, "two")];
    await one.recordPackIntent(packOf("q1", ["a", "b"]), true);
    await one.recordReply("q1", "{}", RECEIPT);
    await one.settlePack(settled("q1", ["a", "b"]));
    for (const key of ["a", "b"])
      expect(await two.recordIntent(intentOf("q2", key), true)).toMatchObject({ outcome: "answered" });
    expect(await two.stats()).toMatchObject({ reviews: 2, ledgerRows: 1, spentUsd: 0.001234567 });
  });

  it.each(["recordFailure", "settlePack"] as const)(
    "frees its units for others when nothing came of it (%s)",
    async (way) => {
      const folder = temporaryFolder();
      const [one, two] = [await openStore(folder, "one"), await openStore(folder, "two")];
      const pack = packOf("q1", ["a", "b"]);
      await one.recordPackIntent(pack, true);
      if (way === "recordFailure") await one.recordFailure("q1", "server-error", RECEIPT);
      else await one.settlePack({ requestId: "q1", key: pack.key, settlements: [], code: "reply-unparseable" });
      expect(await two.recordPackIntent(packOf("q2", ["a", "b"]), true)).toEqual({ outcome: "granted" });
    },
  );

  it("is one reservation of the day's money", async () => {
    const store = await openStore(temporaryFolder());
    expect(await store.recordPackIntent(packOf("q1", ["a", "b"]), true, 5_000_000)).toMatchObject({
      outcome: "granted",
    });
    expect(await store.recordPackIntent(packOf("q2", ["c", "d"]), true, 5_000_000)).toMatchObject({
      outcome: "over-daily-budget",
      mayFit: true,
    });
    expect(await store.recordIntent(intentOf("q3", "c"), true)).toEqual({ outcome: "granted" });
  });

  it("comes back whole from an emergency file", async () => {
    const folder = temporaryFolder();
    const store = await openStore(folder);
    await store.recordPackIntent(packOf("q1", ["a", "b"]), true);
    await store.close();
    const [settlement, ...others] = settled("q1", ["a", "b"]).settlements;
    writeEmergencyEntry(folder, "test", { settlement: settlement!, others, raw: "{}", receipt: RECEIPT });
    const again = await openStore(folder, "again");
    expect(await again.stats()).toMatchObject({ reviews: 2, spentUsd: 0.001234567 });
    expect(fs.readdirSync(folder).filter((name) => name.startsWith("emergency"))).toEqual([]);
  });
});
