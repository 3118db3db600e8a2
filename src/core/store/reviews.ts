/** Reviews and verdicts by key, and the offline engine's analyses. A damaged row is a miss. */
import type { DatabaseSync } from "node:sqlite";
import type { MemoryTier } from "../cache/memoryTier.ts";
import type { ContentFinding } from "../offline/analysis.ts";
import { createLooks } from "./looks.ts";
import type { Marks } from "./marks.ts";
import { packJson } from "./packedJson.ts";
import { unpackRow } from "./sealedRows.ts";
import type { PlannedUnit, TierHits } from "./plan.ts";
import type { Settlement } from "./settlement.ts";
import type { AnalysisRow } from "./store.ts";
import type { StoredReview, StoredVerdict } from "./storedReview.ts";
import { createUseNotes, DAY_MS } from "./useNotes.ts";

export type StoredAnswer = Pick<PlannedUnit, "review" | "verdict" | "listPriceNano" | "fromMemory">;

/** What memory holds of an answer. */
export interface RecentAnswer {
  readonly answer: StoredAnswer;
  /** As the row says, or as has been noted since. */
  readonly usedAtMs: number;
  /** Of the JSON; what it holds in memory is about that. */
  readonly bytes: number;
}

/** Answers in memory hold for one state of the table: a `clear` by another process is seen by its mark. */
export interface RecentAnswers extends MemoryTier<RecentAnswer> {
  /** Of the mark `reviews`, when these were read. */
  state: number;
}

export interface FoundAnswers {
  readonly answers: Map<string, StoredAnswer>;
  readonly hits: Pick<TierHits, "memory" | "disk">;
}

export function createReviews(db: DatabaseSync, now: () => number, recent: RecentAnswers, marks: Marks) {
  const columns = "reviews.key AS key, kind, list_price_nano, used_at, digest, body";
  const selectReview = db.prepare(`SELECT ${columns} FROM reviews WHERE key = ?`);
  const isThere = db.prepare("SELECT 1 FROM reviews WHERE key = ?");
  const touchReview = db.prepare("UPDATE reviews SET used_at = ? WHERE key = ?");
  const insertReview = db.prepare(
    `INSERT OR REPLACE INTO reviews (key, kind, model, recipe, run_id, created_at, used_at, list_price_nano, digest, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const selectAnswers = db.prepare(
    `SELECT ${columns} FROM json_each(?) AS asked CROSS JOIN reviews ON reviews.key = asked.value`,
  );
  const selectAnalyses = db.prepare(
    `SELECT analyses.key AS key, used_at, digest, body
     FROM json_each(?) AS asked CROSS JOIN analyses ON analyses.key = asked.value`,
  );
  const noteUses = createUseNotes(db, "analyses", now);
  const insertAnalysis = db.prepare(
    "INSERT OR REPLACE INTO analyses (key, used_at, cost_ms, digest, body) VALUES (?, ?, ?, ?, ?)",
  );

  const looks = createLooks(db, now);

  const isStale = (usedAtMs: number) => now() - usedAtMs > DAY_MS;

  const forgetReplaced = () => {
    const state = marks.read("reviews");
    if (state === recent.state) return;
    recent.clear();
    recent.state = state;
  };

  /** Reads a row and keeps its answer at hand. */
  const answerOf = (row: Row): StoredAnswer | undefined => {
    const body = unpackRow("reviews", row);
    if (body === undefined) return undefined;
    const isReview = row["kind"] === "review";
    const answer: StoredAnswer = {
      review: isReview ? (body as StoredReview) : null,
      verdict: isReview ? null : (body as StoredVerdict),
      listPriceNano: row["list_price_nano"] as number | null,
    };
    recent.save(String(row["key"]), {
      answer,
      usedAtMs: Number(row["used_at"]),
      bytes: sizeOfBody(row["body"] as Uint8Array),
    });
    return answer;
  };

  return {
    find(key: string): StoredAnswer | undefined {
      forgetReplaced();
      const known = recent.find(key);
      if (known) return known.answer;
      const row = selectReview.get(key);
      return row && answerOf(row);
    },
    /** Many at once, several times as fast as one by one. Keys whose use should be noted again go to `touched`. */
    findAll(keys: readonly string[], touched: string[]): FoundAnswers {
      forgetReplaced();
      const answers = new Map<string, StoredAnswer>();
      const asked: string[] = [];
      for (const key of new Set(keys)) {
        const known = recent.find(key);
        if (!known) asked.push(key);
        else {
          answers.set(key, { ...known.answer, fromMemory: true });
          if (isStale(known.usedAtMs)) touched.push(key);
        }
      }
      const fromMemory = new Set(answers.keys());
      for (const row of asked.length > 0 ? selectAnswers.all(JSON.stringify(asked)) : []) {
        const answer = answerOf(row);
        if (!answer) continue;
        answers.set(String(row["key"]), answer);
        if (isStale(Number(row["used_at"]))) touched.push(String(row["key"]));
      }
      const hits = { memory: 0, disk: 0 };
      for (const key of keys) if (answers.has(key)) hits[fromMemory.has(key) ? "memory" : "disk"]++;
      return { answers, hits };
    },
    /** Call inside a transaction. */
    save(settlement: Settlement): void {
      if (settlement.looks) looks.save(settlement.looks, settlement);
      const body = settlement.review ?? settlement.verdict;
      if (!body) return;
      const { key, model, recipe, runId, listPriceNano } = settlement;
      const kind = settlement.review ? "review" : "verdict";
      const packed = packJson(body, [key, kind, listPriceNano]);
      recent.delete(key);
      if (isThere.get(key)) marks.raise("reviews");
      insertReview.run(key, kind, model, recipe, runId, now(), now(), listPriceNano, packed.digest, packed.body);
    },
    findAnalyses(keys: readonly string[], touched: string[]): Map<string, readonly ContentFinding[]> {
      const found = new Map<string, readonly ContentFinding[]>();
      for (const row of selectAnalyses.all(JSON.stringify(keys))) {
        const body = unpackRow("analyses", row);
        if (body === undefined) continue;
        found.set(String(row["key"]), body as readonly ContentFinding[]);
        if (isStale(Number(row["used_at"]))) touched.push(String(row["key"]));
      }
      return found;
    },
    saveAnalyses(rows: readonly AnalysisRow[]): void {
      for (const row of rows) {
        const packed = packJson(row.findings, [row.key]);
        insertAnalysis.run(row.key, now(), row.costMs ?? 0, packed.digest, packed.body);
      }
    },
    touch(reviewKeys: readonly string[], analysisKeys: readonly string[]): void {
      for (const key of reviewKeys) {
        touchReview.run(now(), key);
        const known = recent.find(key);
        if (known) recent.save(key, { ...known, usedAtMs: now() });
      }
      for (const key of analysisKeys) noteUses(key);
    },
  };
}

/** Deflated JSON of this kind is about a quarter of its text, and a character takes one byte or two. */
function sizeOfBody(packed: Uint8Array): number {
  return packed.length * 6;
}

type Row = Readonly<Record<string, unknown>>;

export type Reviews = ReturnType<typeof createReviews>;
