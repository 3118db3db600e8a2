/** A plan as people are shown it before anything is sent. */
import type { PlanSummary } from "../engine.ts";
import type { Plan } from "../store/store.ts";
import { countPlan } from "./countPlan.ts";
import { estimatePlan } from "./quote.ts";
import type { Reviewing } from "./reviewing.ts";
import { unitsToSend } from "./unitsToSend.ts";

export function summarisePlan(plan: Plan, { chosen, provider, settings }: Reviewing): PlanSummary {
  const jobs = unitsToSend(plan.files);
  const counts = countPlan(plan, chosen !== null);
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
    ...estimatePlan(jobs, plan, chosen),
    priceKnown: chosen?.priceKnown ?? true,
    budgetUsd: chosen ? settings.budgetUsd : null,
    pending: pendingFiles(plan, chosen !== null),
    skipped: skipped.map((file) => ({ path: file.path, reason: file.skip! })),
  };
}

function pendingFiles(plan: Plan, withModel: boolean): PlanSummary["pending"] {
  const isPending = (file: Plan["files"][number]) =>
    withModel
      ? file.units.some((unit) => !unit.review && !unit.verdict)
      : file.analysisKey !== null && file.analysis === null;
  return plan.files
    .filter(isPending)
    .map(({ path, sizeBytes }) => ({
      path,
      sizeBytes,
      reason: "no stored review of this content with this model and these rules",
    }))
    .toSorted((a, b) => b.sizeBytes - a.sizeBytes);
}
