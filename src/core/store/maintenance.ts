/** Looking after the database: figures, checks, and giving space back. */
import fs from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import type { CacheStats, CacheVerification } from "../engine.ts";
import type { OpenDatabase } from "./database.ts";
import { evictComputed } from "./eviction.ts";
import { inTransaction } from "./inTransaction.ts";
import { createMarks } from "./marks.ts";
import { SEALED_TABLES, unpackRow } from "./sealedRows.ts";
import { isBusy } from "./whenNotBusy.ts";

const NANO = 1e9;

export function collectStats(opened: OpenDatabase): CacheStats {
  const { db } = opened;
  const value = (sql: string) => Number(db.prepare(sql).get()?.["value"] ?? 0);
  return {
    databasePath: opened.path,
    sizeBytes: [opened.path, `${opened.path}-wal`].reduce(
      (sum, file) => sum + (fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0),
      0,
    ),
    reviews: value("SELECT count(*) AS value FROM reviews WHERE kind = 'review'"),
    verdicts: value("SELECT count(*) AS value FROM reviews WHERE kind = 'verdict'"),
    analyses: value("SELECT count(*) AS value FROM analyses"),
    dismissals: value("SELECT count(*) AS value FROM dismissals"),
    runs: value("SELECT count(*) AS value FROM runs"),
    ledgerRows: value("SELECT count(*) AS value FROM ledger"),
    spentUsd: value("SELECT sum(cost_nano) AS value FROM ledger") / NANO,
    maybeBilledUsd: value("SELECT sum(maybe_nano) AS value FROM ledger") / NANO,
    sqliteVersion: opened.sqliteVersion,
    journalMode: opened.journalMode,
  };
}

export function verify(db: DatabaseSync): CacheVerification {
  const problems = db
    .prepare("PRAGMA integrity_check(20)")
    .all()
    .map((row) => String(row["integrity_check"]))
    .filter((line) => line !== "ok");
  let checked = 0;
  for (const table of SEALED_TABLES) {
    for (const row of db.prepare(`SELECT * FROM ${table}`).iterate()) {
      checked++;
      const key = String(row["key"] ?? row["workspace"]).slice(0, 12);
      if (unpackRow(table, row) === undefined) problems.push(`${table}: row ${key}… is damaged and counts as a miss`);
    }
  }
  return { ok: problems.length === 0, checked, problems };
}

/** Removes what can be computed again, what is worth least first; reviews and the ledger stay. Returns rows removed. */
export function prune(db: DatabaseSync, maxBytes: number, nowMs: number): number {
  const removed = inTransaction(db, () => evictComputed(db, maxBytes, nowMs));
  if (removed > 0) giveSpaceBack(db);
  return removed;
}

/**
 * Forgets reviews, analyses, reports and the file index. The ledger stays: it is the record of what was paid.
 * Returns the number of answers forgotten, which is what `stats` counts.
 */
export function clearCache(db: DatabaseSync): number {
  let removed = 0;
  inTransaction(db, () => {
    removed = emptyTables(db, ["reviews", "analyses"]);
    emptyTables(db, ["looks", "look_places", "reports", "files", "outlines", "contexts"]);
    createMarks(db).raise("reviews");
    // A paid reply that was never read would otherwise come back as a review.
    db.prepare("UPDATE ledger SET state = 'failed', code = 'cleared', raw = NULL WHERE state = 'received'").run();
  });
  giveSpaceBack(db);
  return removed;
}

/** Returns the number of rows that were there. Call inside a transaction. */
export function emptyTables(db: DatabaseSync, tables: readonly string[]): number {
  return tables.reduce((removed, table) => removed + Number(db.prepare(`DELETE FROM "${table}"`).run().changes), 0);
}

/** Needs the database alone for a moment; while another process uses it, the free pages wait for the next time. */
export function giveSpaceBack(db: DatabaseSync): void {
  try {
    db.exec("VACUUM");
  } catch (error) {
    if (!isBusy(error)) throw error;
  }
}
