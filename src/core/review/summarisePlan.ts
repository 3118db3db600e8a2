/** A plan as people are shown it before anything is sent. */
import type { PlanSummary } from "../engine.ts";
import type { Plan, PlannedFile } from "../store/plan.ts";
import { countPlan } from "./countPlan.ts";
import { missReasonOf } from "./missReason.ts";
import { parcelsForTheNight, parcelsOf } from "./parcels.ts";
import { estimatePlan } from "./quote.ts";
import { quoteTerms } from "./quoteTerms.ts";
import type { Reviewing } from "./reviewing.ts";
import { unitsToSend } from "./unitsToSend.ts";

/** @param isForTheNight every unit has a request of its own, and what is not for the night is not counted */
export function summarisePlan(plan: Plan, reviewing: Reviewing, isForTheNight = false): PlanSummary {
  const { chosen, provider, settings, strong } = reviewing;
  const jobs = unitsToSend(plan.files);
  const parcels = isForTheNight ? parcelsForTheNight(jobs) : parcelsOf(jobs, plan.contexts, reviewing);
  const learned = chosen ? plan.learned?.[chosen.name] : undefined;
  const strongFiles = new Set(jobs.filter(({ file }) => file.strongReason !== null).map(({ file }) => file.path));
  const counts = countPlan(plan, chosen !== null);
  const skipped = plan.files.filter((file) => file.skip !== null);
  return {
    provider,
    model: chosen?.name ?? null,
    ...(strong && { strong: { model: strong.model, files: strongFiles.size } }),
    endpoint: chosen?.origin ?? null,
    ...(chosen && chosen.origins.length > 1 && { otherEndpoints: chosen.origins.slice(1) }),
    files: plan.files.length,
    cachedFiles: counts.cachedFiles,
    skippedFiles: counts.skipped,
    pendingFiles: counts.pendingFiles,
    ...(counts.submittedFiles > 0 && { submittedFiles: counts.submittedFiles }),
    hits: counts.hits,
    misses: counts.misses,
    ...estimatePlan(parcels, plan, { ...quoteTerms(reviewing), isForTheNight }),
    ...(learned && { learnedFrom: learned.reviews }),
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
