/** The way of several units that share a request: texts, leases, money, request, and what each of them gets of it. */
import { isModelError } from "../model/modelError.ts";
import type { SpanId } from "../profile/profiler.ts";
import { runErrand } from "./errand.ts";
import type { ModelRun } from "./modelRun.ts";
import { packErrand, type PackSent, type UnitShare } from "./packErrand.ts";
import type { Parcel } from "./parcels.ts";
import { prepareUnit, type PreparedUnit } from "./preparedUnit.ts";
import { useStored } from "./unitErrand.ts";
import { describeFailure, failed, type ReviewedUnit } from "./unitReview.ts";
import type { UnitJob } from "./unitsToSend.ts";

/** `alone`: it has to be asked about by itself; what has been spent on it so far (null: unknown). */
export type PackedOutcome = ReviewedUnit | { readonly alone: true; readonly spentUsd: number | null };

const ALONE: PackedOutcome = { alone: true, spentUsd: 0 };

/**
 * @param span of the whole way
 * @returns one for each of the parcel's units
 * @throws what ends the whole run: cancellation, budget, terminal provider errors, a failing store
 */
export async function reviewPack(parcel: Parcel, run: ModelRun, span: SpanId): Promise<Map<UnitJob, PackedOutcome>> {
  const outcomes = new Map<UnitJob, PackedOutcome>(parcel.map((job) => [job, ALONE]));
  let units = await prepareAll(parcel, run, span, outcomes);
  while (units.length > 1) {
    const sent = await askModel(units, run, span);
    if ("failure" in sent) {
      if (sent.failure !== null)
        for (const unit of units) outcomes.set(jobOf(unit, parcel), answered(unit, failed(sent.failure, false, 0)));
      break;
    }
    if ("shares" in sent) {
      for (const [index, unit] of units.entries())
        outcomes.set(jobOf(unit, parcel), outcomeOf(unit, sent.shares[index]!));
      break;
    }
    const stored = new Map(sent.brokenUp.answered.map((one) => [one.key, one.unit]));
    for (const unit of units) {
      const found = stored.get(unit.key);
      if (found) outcomes.set(jobOf(unit, parcel), answered(unit, useStored(found, run)));
    }
    const held = new Set(sent.brokenUp.held);
    const rest = units.filter(({ key }) => !stored.has(key) && !held.has(key));
    // The same pack is under way elsewhere: its units are waited for one by one.
    if (rest.length === units.length) break;
    units = rest;
  }
  return outcomes;
}

const jobOf = ({ unit }: PreparedUnit, parcel: Parcel) => parcel.find((job) => job.unit === unit)!;
const answered = ({ key }: PreparedUnit, outcome: ReviewedUnit["outcome"]): ReviewedUnit => ({
  outcome,
  answeredKey: key,
});

function outcomeOf(unit: PreparedUnit, { review, costUsd }: UnitShare): PackedOutcome {
  if (!review) return { alone: true, spentUsd: costUsd };
  return answered(unit, { review, failure: null, fromCache: false, costUsd });
}

/** Those that can be sent together; what has changed since it was planned goes alone. */
async function prepareAll(
  parcel: Parcel,
  run: ModelRun,
  span: SpanId,
  outcomes: Map<UnitJob, PackedOutcome>,
): Promise<PreparedUnit[]> {
  for (const { file } of parcel) run.tracker.begin(file);
  const preparing = run.profiler.begin("prepare", span);
  const all = await Promise.all(parcel.map((job) => prepareUnit(job, run))).finally(() => run.profiler.end(preparing));
  return all.flatMap((prepared, index) => {
    const job = parcel[index]!;
    if (!("failure" in prepared)) return prepared.key === job.unit.key ? [prepared] : [];
    outcomes.set(job, { outcome: failed(prepared.failure, true, 0), answeredKey: null });
    return [];
  });
}

/** `failure` null: together they cannot be sent, alone perhaps. */
async function askModel(
  units: readonly PreparedUnit[],
  run: ModelRun,
  span: SpanId,
): Promise<PackSent | { readonly failure: string | null }> {
  try {
    return (await runErrand(packErrand(units, run, span), run, span)).answer;
  } catch (error) {
    if (isModelError(error) && error.kind === "request") return { failure: null };
    if (!isModelError(error) || run.isFatal(error)) throw error;
    return { failure: describeFailure(error) };
  }
}
