import type { Plan } from "../store/store.ts";
import { storedOutcome } from "./fileTracker.ts";

export interface PlanCounts {
  readonly skipped: number;
  readonly cachedFiles: number;
  readonly pendingFiles: number;
  /** Units answered from the store; without a model: files whose analysis is stored. */
  readonly hits: number;
  readonly misses: number;
}

export function countPlan(plan: Plan, withModel: boolean): PlanCounts {
  const counts = { skipped: 0, cachedFiles: 0, pendingFiles: 0, hits: 0, misses: 0 };
  for (const file of plan.files) {
    if (file.skip !== null) counts.skipped++;
    if (file.analysisKey === null) continue;
    const open = file.units.filter((unit) => !storedOutcome(unit)).length;
    const isPending = file.units.length > 0 ? open > 0 : file.analysis === null;
    if (isPending) counts.pendingFiles++;
    else counts.cachedFiles++;
    const [hits, misses] = withModel ? [file.units.length - open, open] : file.analysis ? [1, 0] : [0, 1];
    counts.hits += hits;
    counts.misses += misses;
  }
  return counts;
}
