import type { DatabaseSync } from "node:sqlite";
import type { Spending } from "../../shared/panelFigures.ts";

const NANO = 1e9;

/**
 * Sums of the ledger: of all since `sinceMs`, and of one workspace ever. A reply that could not be used was paid for all
 * the same: where its cost is not known, the sum is not. Of a request whose end nobody saw it is not even known whether
 * it was billed.
 */
export function sumSpending(db: DatabaseSync, workspace: string, sinceMs: number): Spending {
  const sums = `coalesce(sum(cost_nano), 0) AS nano, count(DISTINCT run_id) AS runs, min(created_at) AS since,
    count(*) FILTER (WHERE cost_nano IS NULL AND state <> 'intent' AND coalesce(code, '') <> 'interrupted') AS unknown`;
  const today = db.prepare(`SELECT ${sums} FROM ledger WHERE created_at >= ?`).get(sinceMs)!;
  const own = db
    .prepare(`SELECT ${sums} FROM ledger WHERE run_id IN (SELECT id FROM runs WHERE workspace = ?)`)
    .get(workspace)!;
  return {
    today: { usd: Number(today["nano"]) / NANO, runs: Number(today["runs"]) },
    workspace: {
      usd: Number(own["nano"]) / NANO,
      since: own["since"] === null ? null : new Date(Number(own["since"])).toISOString(),
    },
    unknown: Number(today["unknown"]) + Number(own["unknown"]) > 0,
  };
}
