import type { Plan } from "../store/plan.ts";
import { storedOutcome } from "./fileTracker.ts";

export interface PlanCounts {
  readonly skipped: number;
  readonly cachedFiles: number;
  readonly pendingFiles: number;
  /** Of these the rest was submitted for the night: nothing is sent for them. */
  readonly submittedFiles: number;
  /** Units answered from the store; without a model: files whose analysis is stored. */
  readonly hits: number;
  readonly misses: number;
}

export function countPlan(plan: Plan, withModel: boolean): PlanCounts {
  const counts = { skipped: 0, cachedFiles: 0, pendingFiles: 0, submittedFiles: 0, hits: 0, misses: 0 };
  for (const file of plan.files) {
    if (file.skip !== null) counts.skipped++;
    if (file.analysisKey === null) continue;
    const unanswered = file.units.filter((unit) => unit.submittedAtMs !== undefined || !storedOutcome(unit));
    const open = unanswered.filter((unit) => unit.submittedAtMs === undefined).length;
    const isPending = file.units.length > 0 ? open > 0 : file.analysis === null;
    if (isPending) counts.pendingFiles++;
    else if (unanswered.length > 0) counts.submittedFiles++;
    else counts.cachedFiles++;
    const [hits, misses] = withModel ? [file.units.length - unanswered.length, open] : file.analysis ? [1, 0] : [0, 1];
    counts.hits += hits;
    counts.misses += misses;
  }
  return counts;
}
