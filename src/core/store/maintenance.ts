/** Looking after the database: figures, checks, and giving space back. */
import fs from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import type { CacheStats, CacheVerification } from "../engine.ts";
import type { OpenDatabase } from "./database.ts";
import { inTransaction } from "./inTransaction.ts";
import { unpackJson } from "./packedJson.ts";
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
  for (const table of ["reviews", "looks", "analyses", "outlines", "reports"]) {
    const key = table === "reports" ? "workspace" : "key";
    for (const row of db.prepare(`SELECT ${key} AS key, digest, body FROM ${table}`).iterate()) {
      checked++;
      const sound = unpackJson(row["digest"] as Uint8Array, row["body"] as Uint8Array) !== undefined;
      if (!sound) problems.push(`${table}: row ${String(row["key"]).slice(0, 12)}… is damaged and counts as a miss`);
    }
  }
  return { ok: problems.length === 0, checked, problems };
}

/** Removes what can be computed again, least recently used first; reviews and the ledger stay. Returns rows removed. */
export function prune(db: DatabaseSync, maxBytes: number): number {
  const columns = "key, used_at, length(body) AS bytes";
  const rows = db
    .prepare(
      `SELECT 'analyses' AS kind, ${columns} FROM analyses UNION ALL SELECT 'outlines', ${columns} FROM outlines
       ORDER BY used_at DESC`,
    )
    .all();
  const drop = {
    analyses: db.prepare("DELETE FROM analyses WHERE key = ?"),
    outlines: db.prepare("DELETE FROM outlines WHERE key = ?"),
  };
  let kept = 0;
  let removed = 0;
  inTransaction(db, () => {
    for (const row of rows) {
      kept += Number(row["bytes"]);
      if (kept > maxBytes) removed += Number(drop[row["kind"] as keyof typeof drop].run(String(row["key"])).changes);
    }
  });
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
