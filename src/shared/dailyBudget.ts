import type { DailyBudget } from "./report.ts";

/** Dollars; 0 where the budget was lowered below what is spent. */
export function leftToday({ limitUsd, usedUsd }: DailyBudget): number {
  return Math.max(0, limitUsd - usedUsd);
}
