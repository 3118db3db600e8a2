/** Copies what can still be read from a damaged database into a fresh one. */
import { DatabaseSync, type SQLInputValue } from "node:sqlite";

/** What was paid for, what proves it, and what people decided. All else is computed again. */
const WORTH_SAVING = [
  "ledger",
  "pack_units",
  "reviews",
  "looks",
  "look_places",
  "runs",
  "reports",
  "dismissals",
  "batches",
  "batch_units",
] as const;

/** Returns the number of rows saved. Never throws: what cannot be read is lost to the damage. */
export function salvage(damagedFile: string, target: DatabaseSync): number {
  let source: DatabaseSync;
  try {
    source = new DatabaseSync(damagedFile, { readOnly: true });
  } catch {
    return 0;
  }
  try {
    return WORTH_SAVING.reduce((saved, table) => saved + copyTable(source, target, table), 0);
  } finally {
    source.close();
  }
}

function copyTable(source: DatabaseSync, target: DatabaseSync, table: string): number {
  let saved = 0;
  // From both ends: a damaged page in the middle stops one direction, not both.
  for (const order of ["ASC", "DESC"]) saved += copyUntilDamage(source, target, table, order);
  return saved;
}

function copyUntilDamage(source: DatabaseSync, target: DatabaseSync, table: string, order: string): number {
  let saved = 0;
  target.exec("BEGIN IMMEDIATE");
  try {
    for (const row of source.prepare(`SELECT * FROM ${table} ORDER BY 1 ${order}`).iterate()) {
      const columns = Object.keys(row);
      const insert = target.prepare(
        `INSERT OR IGNORE INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
      );
      saved += Number(insert.run(...(Object.values(row) as SQLInputValue[])).changes);
    }
  } catch {
    // The readable rows so far are kept.
  }
  target.exec("COMMIT");
  return saved;
}
