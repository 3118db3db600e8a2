/** A plan as people are shown it before anything is sent. */
import type { PlanSummary } from "../engine.ts";
import type { Plan, PlannedFile } from "../store/store.ts";
import { countPlan } from "./countPlan.ts";
import { missReasonOf } from "./missReason.ts";
import { parcelsOf } from "./parcels.ts";
import { estimatePlan } from "./quote.ts";
import type { Reviewing } from "./reviewing.ts";
import { unitsToSend } from "./unitsToSend.ts";

/** @param isPacked false: every unit has a request of its own, as in a batch */
export function summarisePlan(plan: Plan, reviewing: Reviewing, isPacked = true): PlanSummary {
  const { chosen, provider, settings, refuterRecipe, strong } = reviewing;
  const jobs = unitsToSend(plan.files);
  const parcels = isPacked ? parcelsOf(jobs, plan.contexts, reviewing) : jobs.map((job) => [job]);
  const strongFiles = new Set(jobs.filter(({ file }) => file.strongReason !== null).map(({ file }) => file.path));
  const counts = countPlan(plan, chosen !== null);
  const skipped = plan.files.filter((file) => file.skip !== null);
  return {
    provider,
    model: chosen?.name ?? null,
    ...(strong && { strong: { model: strong.model, files: strongFiles.size } }),
    endpoint: chosen?.origin ?? null,
    files: plan.files.length,
    cachedFiles: counts.cachedFiles,
    skippedFiles: counts.skipped,
    pendingFiles: counts.pendingFiles,
    ...(counts.submittedFiles > 0 && { submittedFiles: counts.submittedFiles }),
    hits: counts.hits,
    misses: counts.misses,
    ...estimatePlan(parcels, plan, chosen, refuterRecipe !== null, strong?.chosen),
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
