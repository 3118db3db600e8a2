/**
 * Errors that a review claims are asked about once more before they are shown as errors. Whatever happens here, the
 * review stands: what could not be looked at is a warning that says so.
 */
import { describeError, isOnceoverError, OnceoverError } from "../../../shared/errors.ts";
import type { SecondLook } from "../../../shared/report.ts";
import { isModelError } from "../../model/modelError.ts";
import { fromNano, toNano } from "../../profile/costMeter.ts";
import type { SpanId } from "../../profile/profiler.ts";
import type { StoredReview, UnitFinding } from "../../store/storedReview.ts";
import type { UnitOutcome } from "../fileTracker.ts";
import type { ModelRun } from "../modelRun.ts";
import { shareOut } from "../shareOut.ts";
import type { ReviewedUnit } from "../unitReview.ts";
import type { UnitJob } from "../unitsToSend.ts";
import { askRefuter } from "./askRefuter.ts";
import { openClaims, unchecked, withLooks } from "./claims.ts";
import { prepareLook } from "./prepareLook.ts";
import { partitionRefuted } from "./shownLook.ts";

/** A review holds no more; so many verdicts fit into one reply. */
const MAX_CLAIMS_TOGETHER = 8;

export interface LookedAt extends ReviewedUnit {
  /** What ends the run, besides leaving claims unchecked. */
  readonly stop?: unknown;
}

interface Reviewed {
  readonly job: UnitJob;
  readonly reviewed: ReviewedUnit;
}

/** With open claims, of which there is at least one. */
interface Claiming extends Reviewed {
  readonly open: readonly UnitFinding[];
  readonly unitKey: string;
}

/** The stored review of a unit whose claims nobody has looked at yet. */
export function storedReview({ file, unit }: UnitJob, review: StoredReview, run: ModelRun): ReviewedUnit {
  // They were shown as they stood when they were found: now they are there until the answer comes.
  const [, shown] = partitionRefuted(review.findings);
  for (const finding of shown) run.tracker.preview(file, unit, finding);
  return { outcome: { review, failure: null, fromCache: true, costUsd: 0 }, answeredKey: unit.key };
}

/**
 * Units of one folder and one model: their claims share a request as far as there is room. Those without claims do not
 * wait for the others.
 *
 * @returns one for each, in order; they never reject
 */
export function lookAgain(all: readonly Reviewed[], run: ModelRun, span: SpanId): readonly Promise<LookedAt>[] {
  const claiming = all.flatMap((one) => claimingOf(one, run));
  const answers = new Map<Reviewed, Promise<LookedAt>>();
  for (const group of inGroups(claiming)) {
    const looked = lookTogether(group, run, span);
    for (const [index, { job }] of group.entries()) {
      const own = all.find((one) => one.job === job)!;
      answers.set(
        own,
        looked.then((ends) => ends[index]!),
      );
    }
  }
  return all.map((one) => answers.get(one) ?? Promise.resolve(one.reviewed));
}

function claimingOf(one: Reviewed, run: ModelRun): Claiming[] {
  const { outcome, answeredKey } = one.reviewed;
  if (run.refuterRecipe === null || !outcome.review || answeredKey === null) return [];
  const open = openClaims(outcome.review);
  return open.length === 0 ? [] : [{ ...one, open, unitKey: answeredKey }];
}

/** In their order, each as full as it can be without cutting a unit in two. */
function inGroups(claiming: readonly Claiming[]): Claiming[][] {
  const groups: Claiming[][] = [];
  let room = 0;
  for (const one of claiming) {
    const last = groups.at(-1);
    if (last && one.open.length <= room) last.push(one);
    else {
      groups.push([one]);
      room = MAX_CLAIMS_TOGETHER;
    }
    room -= one.open.length;
  }
  return groups;
}

async function lookTogether(group: readonly Claiming[], run: ModelRun, span: SpanId): Promise<LookedAt[]> {
  for (const { job } of group) run.tracker.begin(job.file);
  const recipe = run.refuterRecipe!;
  const looking = run.profiler.begin("second look", span);
  const looks = new Map<UnitFinding, SecondLook>();
  const paid = { costUsd: 0 as number | null };
  const failures = new Map<Claiming, string>();
  const end = (reason: string, stop?: unknown): LookedAt[] => {
    const costs = costShares(paid.costUsd, group);
    return group.map((one, index) => {
      const lookOf = (finding: UnitFinding) => looks.get(finding) ?? unchecked(failures.get(one) ?? reason);
      const outcome = judged(one.reviewed.outcome, lookOf, costs[index]!);
      return { ...one.reviewed, outcome, ...(stop !== undefined && index === 0 && { stop }) };
    });
  };
  try {
    const prepared = await Promise.all(
      group.map(({ job, open, unitKey }) => prepareLook(job, open, { run, unitKey, recipe })),
    );
    const claims = prepared.flatMap((one, index) => {
      if (!("failure" in one)) return one;
      failures.set(group[index]!, one.failure);
      return [];
    });
    const jobs = group.filter((one) => !failures.has(one)).map(({ job }) => job);
    await askRefuter(claims, { jobs, run, recipe, span: looking, looks, paid });
    return end("its code has changed since it was reviewed");
  } catch (error) {
    const isOfUnit = isModelError(error) && !run.isFatal(error);
    return isOfUnit ? end(describeError(error)) : end(whyNot(error, run), error);
  } finally {
    run.profiler.end(looking);
  }
}

/** By their claims, to the nano-dollar; null: unknown. */
function costShares(costUsd: number | null, group: readonly Claiming[]): readonly (number | null)[] {
  if (costUsd === null) return group.map(() => null);
  return shareOut(
    toNano(costUsd),
    group.map(({ open }) => open.length),
  ).map(fromNano);
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
