/** What all runs of this store have spent and reserved since midnight. A request belongs to the day on which it was sent. */
import type { DatabaseSync } from "node:sqlite";
import type { DaySpending } from "./intent.ts";

/** Call inside the transaction whose decision hangs on it. */
export type ReadDay = () => DaySpending;

export function createDaySpending(db: DatabaseSync, now: () => number): ReadDay {
  // What may have been billed counts as spent: it is the only way never to exceed the wall.
  const select = db.prepare(
    `SELECT sum(CASE state WHEN 'intent' THEN 0 ELSE coalesce(cost_nano, 0) + maybe_nano END) AS spent,
       sum(CASE state WHEN 'intent' THEN reserved_nano ELSE 0 END) AS reserved
     FROM ledger WHERE created_at >= ? AND created_at < ?`,
  );
  return () => {
    const { startMs, endMs } = localDay(now());
    const row = select.get(startMs, endMs);
    return { spentNano: Number(row?.["spent"] ?? 0), reservedNano: Number(row?.["reserved"] ?? 0), endsAtMs: endMs };
  };
}

/** The calendar day of that moment, local time; where clocks are put forward or back it is shorter or longer. */
export function localDay(epochMs: number): { readonly startMs: number; readonly endMs: number } {
  const moment = new Date(epochMs);
  const [year, month, day] = [moment.getFullYear(), moment.getMonth(), moment.getDate()];
  return { startMs: new Date(year, month, day).getTime(), endMs: new Date(year, month, day + 1).getTime() };
}
