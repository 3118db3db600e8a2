/** Reviews and verdicts by key, and the offline engine's analyses. A damaged row is a miss. */
import type { DatabaseSync } from "node:sqlite";
import type { ContentFinding } from "../offline/analysis.ts";
import { createLooks } from "./looks.ts";
import { packJson, unpackJson } from "./packedJson.ts";
import type { AnalysisRow, PlannedUnit, Settlement, StoredReview, StoredVerdict } from "./store.ts";

export type StoredAnswer = Pick<PlannedUnit, "review" | "verdict" | "listPriceNano">;

/** Uses are noted by the day: a warm run must not rewrite every row it reads. */
const DAY_MS = 86_400_000;

export function createReviews(db: DatabaseSync, now: () => number) {
  const selectReview = db.prepare("SELECT kind, list_price_nano, digest, body FROM reviews WHERE key = ?");
  const touchReview = db.prepare("UPDATE reviews SET used_at = ? WHERE key = ?");
  const insertReview = db.prepare(
    `INSERT OR REPLACE INTO reviews (key, kind, model, recipe, run_id, created_at, used_at, list_price_nano, digest, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const selectAnswers = db.prepare(
    `SELECT reviews.key AS key, kind, list_price_nano, used_at, digest, body
     FROM json_each(?) AS asked CROSS JOIN reviews ON reviews.key = asked.value`,
  );
  const selectAnalyses = db.prepare(
    `SELECT analyses.key AS key, used_at, digest, body
     FROM json_each(?) AS asked CROSS JOIN analyses ON analyses.key = asked.value`,
  );
  const touchAnalysis = db.prepare("UPDATE analyses SET used_at = ? WHERE key = ?");
  const insertAnalysis = db.prepare("INSERT OR REPLACE INTO analyses (key, used_at, digest, body) VALUES (?, ?, ?, ?)");

  const looks = createLooks(db, now);

  const isStale = (usedAt: unknown) => now() - Number(usedAt) > DAY_MS;

  return {
    find(key: string): StoredAnswer | undefined {
      const row = selectReview.get(key);
      return row && answerOf(row);
    },
    /** Many at once, several times as fast as one by one. Keys whose use should be noted again go to `touched`. */
    findAll(keys: readonly string[], touched: string[]): Map<string, StoredAnswer> {
      const found = new Map<string, StoredAnswer>();
      for (const row of selectAnswers.all(JSON.stringify(keys))) {
        const answer = answerOf(row);
        if (!answer) continue;
        found.set(String(row["key"]), answer);
        if (isStale(row["used_at"])) touched.push(String(row["key"]));
      }
      return found;
    },
    save(settlement: Settlement): void {
      if (settlement.looks) looks.save(settlement.looks, settlement);
      const body = settlement.review ?? settlement.verdict;
      if (!body) return;
      const { key, model, recipe, runId, listPriceNano } = settlement;
      const packed = packJson(body);
      const kind = settlement.review ? "review" : "verdict";
      insertReview.run(key, kind, model, recipe, runId, now(), now(), listPriceNano, packed.digest, packed.body);
    },
    findAnalyses(keys: readonly string[], touched: string[]): Map<string, readonly ContentFinding[]> {
      const found = new Map<string, readonly ContentFinding[]>();
      for (const row of selectAnalyses.all(JSON.stringify(keys))) {
        const body = bodyOf(row);
        if (body === undefined) continue;
        found.set(String(row["key"]), body as readonly ContentFinding[]);
        if (isStale(row["used_at"])) touched.push(String(row["key"]));
      }
      return found;
    },
    saveAnalyses(rows: readonly AnalysisRow[]): void {
      for (const row of rows) {
        const packed = packJson(row.findings);
        insertAnalysis.run(row.key, now(), packed.digest, packed.body);
      }
    },
    touch(reviewKeys: readonly string[], analysisKeys: readonly string[]): void {
      for (const key of reviewKeys) touchReview.run(now(), key);
      for (const key of analysisKeys) touchAnalysis.run(now(), key);
    },
  };
}

type Row = Readonly<Record<string, unknown>>;

function answerOf(row: Row): StoredAnswer | undefined {
  const body = bodyOf(row);
  if (body === undefined) return undefined;
  const isReview = row["kind"] === "review";
  return {
    review: isReview ? (body as StoredReview) : null,
    verdict: isReview ? null : (body as StoredVerdict),
    listPriceNano: row["list_price_nano"] as number | null,
  };
}

function bodyOf(row: Row): unknown {
  return unpackJson(row["digest"] as Uint8Array, row["body"] as Uint8Array);
}

export type Reviews = ReturnType<typeof createReviews>;
