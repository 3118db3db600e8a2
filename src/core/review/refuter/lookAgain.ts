/**
 * Errors that a review claims are asked about once more before they are shown as errors. Whatever happens here, the
 * review stands: what could not be looked at is a warning that says so.
 */
import { describeError, isOnceoverError, OnceoverError } from "../../../shared/errors.ts";
import type { SecondLook } from "../../../shared/report.ts";
import { isModelError } from "../../model/modelError.ts";
import type { SpanId } from "../../profile/profiler.ts";
import type { StoredReview, UnitFinding } from "../../store/storedReview.ts";
import type { UnitOutcome } from "../fileTracker.ts";
import type { ModelRun } from "../modelRun.ts";
import type { ReviewedUnit } from "../unitReview.ts";
import type { UnitJob } from "../unitsToSend.ts";
import { askRefuter } from "./askRefuter.ts";
import { openClaims, unchecked, withLooks } from "./claims.ts";
import { prepareLook } from "./prepareLook.ts";
import { partitionRefuted } from "./shownLook.ts";

export interface LookedAt extends ReviewedUnit {
  /** What ends the run, besides leaving claims unchecked. */
  readonly stop?: unknown;
}

/** The stored review of a unit whose claims nobody has looked at yet. */
export function storedReview({ file, unit }: UnitJob, review: StoredReview, run: ModelRun): ReviewedUnit {
  // They were shown as they stood when they were found: now they are there until the answer comes.
  const [, shown] = partitionRefuted(review.findings);
  for (const finding of shown) run.tracker.preview(file, unit, finding);
  return { outcome: { review, failure: null, fromCache: true, costUsd: 0 }, answeredKey: unit.key };
}

/** Never rejects. */
export async function lookAgain(reviewed: ReviewedUnit, job: UnitJob, run: ModelRun, span: SpanId): Promise<LookedAt> {
  const { outcome, answeredKey } = reviewed;
  const { review } = outcome;
  const recipe = run.refuterRecipe;
  if (recipe === null || !review || answeredKey === null) return reviewed;
  const open = openClaims(review);
  if (open.length === 0) return reviewed;
  run.tracker.begin(job.file);
  const looking = run.profiler.begin("second look", span);
  const looks = new Map<UnitFinding, SecondLook>();
  const paid = { costUsd: 0 as number | null };
  const end = (reason: string): LookedAt => ({
    ...reviewed,
    outcome: judged(outcome, (finding) => looks.get(finding) ?? unchecked(reason), paid.costUsd),
  });
  try {
    const prepared = await prepareLook(job, open, { run, unitKey: answeredKey, recipe });
    if ("failure" in prepared) return end(prepared.failure);
    await askRefuter(prepared, { job, run, recipe, span: looking, looks, paid });
    return end("its code has changed since it was reviewed");
  } catch (error) {
    const isOfUnit = isModelError(error) && !run.isFatal(error);
    return isOfUnit ? end(describeError(error)) : { ...end(whyNot(error, run)), stop: error };
  } finally {
    run.profiler.end(looking);
  }
}

function judged(
  outcome: UnitOutcome,
  lookOf: (finding: UnitFinding) => SecondLook | undefined,
  costUsd: number | null,
): UnitOutcome {
  const spent = outcome.costUsd === null || costUsd === null ? null : outcome.costUsd + costUsd;
  return {
    ...outcome,
    review: outcome.review && withLooks(outcome.review, lookOf),
    // What was paid for a look is not free because the review was stored.
    fromCache: outcome.fromCache && spent === 0,
    costUsd: spent,
  };
}

function whyNot(error: unknown, run: ModelRun): string {
  const cause = run.dispatchSignal.aborted ? (run.dispatchSignal.reason as unknown) : error;
  if (isOnceoverError(cause) && cause.code === "budget-reached") return "the budget was reached";
  if (isOnceoverError(cause) && cause.code === "quote-reached") return "the run had cost what it was to cost at most";
  if (isOnceoverError(cause) && cause.code === "cancelled") return "the run was cancelled";
  return describeError(cause instanceof Error ? cause : new OnceoverError("internal", String(cause)));
}
