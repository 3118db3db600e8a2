/** Keeps what can be computed again within a size. Reviews and the ledger are never touched. */
import type { DatabaseSync } from "node:sqlite";
import { chooseEvicted, type Evictable } from "../cache/evictionOrder.ts";
import { SHORTEST_TTL_MS, type ComputedTable } from "./useNotes.ts";

/** Measured over real packages; for rows of before it was written down. */
const USUAL_COST_MS: Readonly<Record<ComputedTable, number>> = { analyses: 6, outlines: 4 };
const TABLES = Object.keys(USUAL_COST_MS) as readonly ComputedTable[];
/** Key, digest and columns. */
const ROW_BYTES = 160;
const SHRINKING = 0.9;

interface ComputedRow extends Evictable {
  readonly table: ComputedTable;
  readonly key: string;
}

/** Removes what is worth least until the rest fits. Call inside a transaction. Returns rows removed. */
export function evictComputed(db: DatabaseSync, maxBytes: number, nowMs: number): number {
  const rows = TABLES.flatMap((table) => readRows(db, table));
  return remove(db, chooseEvicted(rows, maxBytes, nowMs));
}

/**
 * Removes what has outlived its time without being used, and shortens the time of what was not used since `lastMs`.
 * Call inside a transaction. Returns rows removed.
 */
export function expireComputed(db: DatabaseSync, lastMs: number, nowMs: number): number {
  return TABLES.reduce((removed, table) => {
    db.prepare(
      `UPDATE ${table} SET ttl_ms = max(${SHORTEST_TTL_MS}, cast(ttl_ms * ${SHRINKING} AS INTEGER)) WHERE used_at < ?`,
    ).run(lastMs);
    return removed + Number(db.prepare(`DELETE FROM ${table} WHERE used_at + ttl_ms < ?`).run(nowMs).changes);
  }, 0);
}

function readRows(db: DatabaseSync, table: ComputedTable): ComputedRow[] {
  return db
    .prepare(`SELECT key, length(body) AS bytes, cost_ms, uses, used_at FROM ${table}`)
    .all()
    .map((row) => ({
      table,
      key: String(row["key"]),
      bytes: Number(row["bytes"]) + ROW_BYTES,
      costMs: Number(row["cost_ms"]) || USUAL_COST_MS[table],
      uses: Number(row["uses"]),
      usedAtMs: Number(row["used_at"]),
    }));
}

function remove(db: DatabaseSync, rows: readonly ComputedRow[]): number {
  const drop = Object.fromEntries(
    TABLES.map((table) => [table, db.prepare(`DELETE FROM ${table} WHERE key = ?`)] as const),
  );
  for (const { table, key } of rows) drop[table]!.run(key);
  return rows.length;
}
