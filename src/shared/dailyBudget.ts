import type { DailyBudget } from "./report.ts";

/** Dollars; 0 where the budget was lowered below what is spent. */
export function leftToday({ limitUsd, usedUsd }: DailyBudget): number {
  return Math.max(0, limitUsd - usedUsd);
}

/** Whether the day that it tells of has ended. */
export function isOver({ endsAt }: { readonly endsAt?: string }, nowMs: number): boolean {
  return endsAt !== undefined && Date.parse(endsAt) <= nowMs;
}
