/**
 * A real store, copies of it with damage at random places, and what came of opening them. Each case has its own seed.
 */
import { hash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { DatabaseSync } from "node:sqlite";
import { createStoreHost } from "../../../src/core/store/storeHost.ts";
import type { Finding, SecondLook } from "../../../src/shared/report.ts";
import type { OpenBatchUnit } from "../../../src/core/store/batches.ts";
import type { IntentAnswer } from "../../../src/core/store/intent.ts";
import type { Plan } from "../../../src/core/store/plan.ts";
import type { LookRow, StoredReview } from "../../../src/core/store/storedReview.ts";
import { BATCH, intentOf, planRequest, RECEIPT, settlementOf } from "../storeFixture.ts";
import { createSeededRandom, type SeededRandom } from "./seededRandom.ts";

const REVIEWS = 120;
/** Second looks, and units of a batch that is out. */
const OTHERS = 30;
const FILES = ["onceover.db", "onceover.db-wal", "onceover.db-journal"] as const;
/** A raw reply that nobody has read. */
const RAW = '{"summary":"paid for","findings":[]}';

export interface ReferenceStore {
  readonly name: "log" | "settled" | "journal";
  readonly files: ReadonlyMap<string, Buffer>;
  readonly workspace: string;
  readonly reviews: ReadonlyMap<string, StoredReview>;
}

export interface DamageOutcome {
  readonly store: ReferenceStore["name"];
  readonly seed: number;
  readonly what: string;
  /** A failed start, or null. */
  readonly failure: string | null;
  readonly wrong: readonly string[];
  /** Of the reviews in the store before. */
  readonly kept: number;
  readonly told: boolean;
}

type Host = ReturnType<typeof createStoreHost>;

export const reviewsInReference = REVIEWS;

/**
 * Three of the same: with all in the write-ahead log, with all in the database's file, and one whose process ended in
 * the middle of a transaction with a rollback journal.
 */
export async function makeReferences(parent: string): Promise<ReferenceStore[]> {
  const workspace = path.join(parent, "workspace");
  fs.mkdirSync(workspace, { recursive: true });
  fs.writeFileSync(path.join(workspace, "a.ts"), "export const a = 1;\n");
  const folder = path.join(parent, "reference");
  const host = createStoreHost({ folder, ownerId: "reference" });
  await host.open();
  const reviews = await fill(host, workspace);
  const log = readFiles(folder);
  await host.close();
  const settled = readFiles(folder);
  const journal = interruptTransaction(folder);
  const make = (name: ReferenceStore["name"], files: ReadonlyMap<string, Buffer>) => ({
    name,
    files,
    workspace,
    reviews,
  });
  return [make("log", log), make("settled", settled), make("journal", journal)];
}

async function fill(host: Host, workspace: string): Promise<Map<string, StoredReview>> {
  const random = createSeededRandom(7);
  const reviews = new Map<string, StoredReview>();
  for (let index = 0; index < REVIEWS; index++) {
    const key = hash("sha256", `review ${index}`);
    const review = reviewOf(index, random);
    reviews.set(key, review);
    await host.recordIntent(intentOf(`request-${index}`, key), true);
    await host.recordReply(`request-${index}`, JSON.stringify(review), RECEIPT);
    await host.settle(settlementOf(`request-${index}`, key, { review }));
  }
  const looks = Array.from({ length: OTHERS }, (_, index) => lookOf(index));
  await host.settle(settlementOf("looks", "looks", { review: null, looks }));
  const units = Array.from({ length: OTHERS }, (_, index) => unitOf(index));
  await host.recordBatch(BATCH, units, true, null);
  const rows = Array.from({ length: 80 }, (_, index) => ({ key: hash("sha256", `analysis ${index}`), findings: [] }));
  await host.saveAnalyses(rows);
  const plan = (await host.plan(planRequest(workspace), 1)) as Plan;
  await host.recordIntent(intentOf("unread", plan.files[0]!.units[0]!.key), true);
  await host.recordReply("unread", RAW, RECEIPT);
  return reviews;
}

function lookOf(index: number): LookRow {
  const look: SecondLook = { verdict: "refuted", reason: `Reason ${index}.`, evidence: `line ${index}` };
  return { key: hash("sha256", `look ${index}`), place: hash("sha256", `place ${index}`), look, listPriceNano: index };
}

function unitOf(index: number) {
  const intent = intentOf(hash("sha256", `batch request ${index}`), hash("sha256", `batch unit ${index}`));
  return { intent, source: { text: `export const unit = ${index};\n`, redactions: [] } };
}

/** From some bytes to several pages. */
function reviewOf(index: number, random: SeededRandom): StoredReview {
  const findings = Array.from({ length: random.below(6) }, (_, at) => ({
    startLine: at + 1,
    startColumn: 1,
    endLine: at + 1,
    endColumn: 9,
    severity: "warning" as Finding["severity"],
    category: "bug" as const,
    rule: "r",
    title: `finding ${index}.${at}`,
    detail: Array.from({ length: random.below(400) }, () => random.below(1e9).toString(36)).join(" "),
    quote: "export const a",
    fix: null,
    confidence: 0.5,
    source: "model" as const,
  }));
  return { summary: `Review ${index}.`, findings, dropped: 0 };
}

function readFiles(folder: string): Map<string, Buffer> {
  const names = FILES.filter((name) => fs.existsSync(path.join(folder, name)));
  return new Map(names.map((name) => [name, fs.readFileSync(path.join(folder, name))]));
}

/** What a process leaves that is killed after it has written pages and before its commit. */
function interruptTransaction(folder: string): Map<string, Buffer> {
  const file = path.join(folder, "onceover.db");
  const db = new DatabaseSync(file);
  try {
    db.exec("PRAGMA journal_mode = delete; PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN IMMEDIATE");
    db.exec("UPDATE reviews SET model = 'half-written', used_at = 1; DELETE FROM analyses");
    return readFiles(folder);
  } finally {
    db.exec("ROLLBACK");
    db.close();
  }
}

export async function tryDamage(reference: ReferenceStore, seed: number): Promise<DamageOutcome> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "onceover-damage-"));
  try {
    const random = createSeededRandom(seed);
    const what = writeDamaged(reference, folder, random);
    return { store: reference.name, seed, what, ...(await openDamaged(reference, folder)) };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** One of the files is cut, or has some bits turned round, or has a page with something else in it. */
function writeDamaged({ files }: ReferenceStore, folder: string, random: SeededRandom): string {
  const victim = random.pick([...files.keys()]);
  const kind = random.pick(["cut", "bit", "bits", "header", "page"]);
  for (const [name, bytes] of files) {
    const copy = Buffer.from(bytes);
    const damaged = name === victim ? damage(copy, kind, random) : copy;
    fs.writeFileSync(path.join(folder, name), damaged);
  }
  return `${kind} in ${victim}`;
}

function damage(bytes: Buffer, kind: string, random: SeededRandom): Buffer {
  const flip = (at: number) => (bytes[at] = bytes[at]! ^ (1 << random.below(8)));
  if (kind === "cut") return bytes.subarray(0, random.below(bytes.length));
  if (kind === "bit") flip(random.below(bytes.length));
  if (kind === "bits") for (let count = 2 + random.below(30); count > 0; count--) flip(random.below(bytes.length));
  if (kind === "header") flip(random.below(Math.min(bytes.length, 100)));
  if (kind === "page") {
    const at = random.below(Math.ceil(bytes.length / 4096)) * 4096;
    bytes.fill(random.below(256), at, at + 4096);
  }
  return bytes;
}

type Opened = Pick<DamageOutcome, "failure" | "wrong" | "kept" | "told">;

async function openDamaged(reference: ReferenceStore, folder: string): Promise<Opened> {
  const notices: string[] = [];
  const host = createStoreHost({ folder, ownerId: "after" }, undefined, (notice) => notices.push(notice));
  const wrong: string[] = [];
  let kept = 0;
  try {
    notices.push(...((await host.open()) as string[]));
    for (const [key, review] of reference.reviews) {
      const answer = (await host.recordIntent(intentOf(`again-${key}`, key), true)) as IntentAnswer;
      if (answer.outcome !== "answered") continue;
      kept++;
      const isSame = isDeepStrictEqual(answer.unit.review, review) && answer.unit.listPriceNano === 2_000_000;
      if (!isSame) wrong.push(`${key} has another answer`);
    }
    wrong.push(...(await wrongInPlan(host, reference)), ...(await wrongElsewhere(host)));
    // A new answer is taken all the same.
    await host.recordIntent(intentOf("new", "new key"), true);
    await host.settle(settlementOf("new", "new key"));
    const again = (await host.recordIntent(intentOf("newer", "new key"), true)) as IntentAnswer;
    if (again.outcome !== "answered") wrong.push("a new answer was lost");
    return { failure: null, wrong, kept, told: notices.length > 0 };
  } catch (error) {
    return { failure: String((error as Error).stack), wrong, kept, told: notices.length > 0 };
  } finally {
    await host.close();
  }
}

/** The unread reply is the stored one or none. */
async function wrongInPlan(host: Host, { workspace }: ReferenceStore): Promise<string[]> {
  const plan = (await host.plan(planRequest(workspace), 1)) as Plan;
  const unit = plan.files[0]?.units[0];
  if (!unit) return ["the plan has lost a file"];
  if (unit.rawReply !== null && unit.rawReply.text !== RAW) return ["another raw reply"];
  return unit.review ? ["a review from nowhere"] : [];
}

/** Second looks and the texts of a batch's units are the stored ones or none. */
async function wrongElsewhere(host: Host): Promise<string[]> {
  const looks = Array.from({ length: OTHERS }, (_, index) => lookOf(index));
  const found = (await host.findLooks(looks)) as (SecondLook | undefined)[];
  const units = Array.from({ length: OTHERS }, (_, index) => unitOf(index));
  const ids = units.map(({ intent }) => intent.requestId);
  const open = new Map(
    ((await host.batchUnits(BATCH.id, ids)) as OpenBatchUnit[]).map((unit) => [unit.requestId, unit]),
  );
  const isWrong = (unit: OpenBatchUnit | undefined, index: number) =>
    unit?.source && !(unit.key === units[index]!.intent.key && isDeepStrictEqual(unit.source, units[index]!.source));
  return [
    ...found.flatMap((look, index) => (look && !isDeepStrictEqual(look, looks[index]!.look) ? ["another look"] : [])),
    ...ids.flatMap((id, index) => (isWrong(open.get(id), index) ? ["another unit of a batch"] : [])),
  ];
}
