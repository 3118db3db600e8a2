/**
 * What is used stays longer. A row's time to live grows by half with every day on which it was used, and shrinks with
 * every maintenance before which it was not (maintenance.ts).
 */
import type { DatabaseSync } from "node:sqlite";

/** Uses are noted by the day: a warm run must not rewrite every row it reads. */
export const DAY_MS = 86_400_000;
export const SHORTEST_TTL_MS = 7 * DAY_MS;
const LONGEST_TTL_MS = 365 * DAY_MS;
const GROWTH = 1.5;

/** Tables of what can be computed again. */
export type ComputedTable = "analyses" | "outlines";

/** The function it returns is called inside a transaction. */
export function createUseNotes(db: DatabaseSync, table: ComputedTable, now: () => number): (key: string) => void {
  const update = db.prepare(
    `UPDATE ${table} SET used_at = ?, uses = uses + 1, ttl_ms = min(${LONGEST_TTL_MS}, cast(ttl_ms * ${GROWTH} AS INTEGER))
     WHERE key = ?`,
  );
  return (key) => void update.run(now(), key);
}
