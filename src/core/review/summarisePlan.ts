/** A plan as people are shown it before anything is sent. */
import type { PlanSummary } from "../engine.ts";
import type { Plan, PlannedFile } from "../store/store.ts";
import { countPlan } from "./countPlan.ts";
import { laneCount } from "./laneCount.ts";
import { missReasonOf } from "./missReason.ts";
import { estimatePlan } from "./quote.ts";
import type { Reviewing } from "./reviewing.ts";
import { unitsToSend } from "./unitsToSend.ts";

export function summarisePlan(plan: Plan, { chosen, provider, settings }: Reviewing): PlanSummary {
  const jobs = unitsToSend(plan.files);
  const counts = countPlan(plan, chosen !== null);
  const lanes = chosen ? laneCount(settings.concurrency, chosen.provider) : 1;
  const skipped = plan.files.filter((file) => file.skip !== null);
  return {
    provider,
    model: chosen?.name ?? null,
    endpoint: chosen?.origin ?? null,
    files: plan.files.length,
    cachedFiles: counts.cachedFiles,
    skippedFiles: counts.skipped,
    pendingFiles: counts.pendingFiles,
    hits: counts.hits,
    misses: counts.misses,
    ...estimatePlan(jobs, plan, chosen, lanes),
    ...(plan.learned && { learnedFrom: plan.learned.replies }),
    priceKnown: chosen?.priceKnown ?? true,
    budgetUsd: chosen ? settings.budgetUsd : null,
    pending: pendingFiles(plan, chosen !== null),
    skipped: skipped.map((file) => ({ path: file.path, reason: file.skip! })),
  };
}

function pendingFiles(plan: Plan, withModel: boolean): PlanSummary["pending"] {
  return plan.files
    .flatMap((file) => {
      const reason = withModel ? missReasonOf(file) : offlineReason(file);
      return reason === undefined ? [] : { path: file.path, sizeBytes: file.sizeBytes, reason };
    })
    .toSorted((a, b) => b.sizeBytes - a.sizeBytes);
}

function offlineReason({ analysisKey, analysis }: PlannedFile): string | undefined {
  return analysisKey !== null && analysis === null ? "not analysed yet" : undefined;
}
