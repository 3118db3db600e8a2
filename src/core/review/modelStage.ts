/** Sends the plan's misses to the model: as many at once as the limiter allows, none twice, none beyond the budget. */
import { errorCode, isOnceoverError } from "../../shared/errors.ts";
import { isModelError } from "../model/modelError.ts";
import type { SpanId } from "../profile/profiler.ts";
import type { ModelRun } from "./modelRun.ts";
import { reviewPack, type PackedOutcome } from "./packReview.ts";
import type { Parcel } from "./parcels.ts";
import type { UnitJob } from "./unitsToSend.ts";
import type { UnitOutcome } from "./fileTracker.ts";
import { lookAgain, storedReview, type LookedAt } from "./refuter/lookAgain.ts";
import { reviewUnit } from "./unitReview.ts";

/** Lanes beyond the concurrency make the next units' text ready while requests are under way. */
const LANES_AHEAD = 2;

export type StopRun = (error: unknown) => void;

interface Stage {
  readonly concurrency: number;
  readonly stop: StopRun;
  /** Of the whole stage. */
  readonly span: SpanId;
}

type Flights = Map<string, Promise<LookedAt>>;

/** Resolves when every unit has its outcome or the run has been stopped. Never rejects. */
export async function runModelStage(parcels: readonly Parcel[], run: ModelRun, stage: Stage): Promise<void> {
  const flights: Flights = new Map();
  let next = 0;
  const lane = async () => {
    for (let parcel = parcels[next++]; parcel && !run.dispatchSignal.aborted; parcel = parcels[next++]) {
      await runParcel(parcel, run, flights, stage);
    }
  };
  await Promise.all(Array.from({ length: Math.min(parcels.length, stage.concurrency + LANES_AHEAD) }, lane));
}

async function runParcel(parcel: Parcel, shared: ModelRun, flights: Flights, stage: Stage): Promise<void> {
  // All of it is for the same model.
  const run = shared.of(parcel[0]!.file);
  // What another unit is being asked for already, or has been, is not sent in a pack.
  const free = parcel.filter((job) => !flights.has(job.unit.key));
  const outcomes = free.length > 1 ? await runPack(free, run, flights, stage) : undefined;
  const rest = parcel.filter((job) => !outcomes?.has(job));
  await Promise.all(rest.map((job) => runJob(job, run, flights, stage)));
}

/** @returns the units that have been seen to; a stopped run has no others */
async function runPack(pack: Parcel, run: ModelRun, flights: Flights, stage: Stage): Promise<ReadonlySet<UnitJob>> {
  const name = `${pack[0]!.file.path} and ${pack.length - 1} more`;
  const span = run.profiler.begin("unit", stage.span, name);
  const asked = reviewPack(pack, run, span).then((outcomes) => settlePacked(pack, outcomes, run, { stage, span }));
  const finished = pack.map((job) => {
    const flight = asked.then((settled) => settled.get(job)!);
    flights.set(job.unit.key, flight);
    return finish(job, flight, run, stage);
  });
  await Promise.all(finished).finally(() => run.profiler.end(span));
  return new Set(pack);
}

/** Their errors are looked at again together. What the pack's reply does not answer for goes its own way. */
function settlePacked(
  pack: Parcel,
  outcomes: ReadonlyMap<UnitJob, PackedOutcome>,
  run: ModelRun,
  { stage, span }: { readonly stage: Stage; readonly span: SpanId },
): ReadonlyMap<UnitJob, Promise<LookedAt>> {
  const reviewed = pack.flatMap((job) => {
    const packed = outcomes.get(job)!;
    return "alone" in packed ? [] : [{ job, reviewed: packed }];
  });
  const looked = lookAgain(reviewed, run, span);
  const settled = new Map(reviewed.map(({ job }, index) => [job, looked[index]!]));
  for (const job of pack) {
    const packed = outcomes.get(job)!;
    if ("alone" in packed) settled.set(job, leftAlone(job, packed.spentUsd, run, stage));
  }
  return settled;
}

/** It bears what the pack has cost it as well. */
async function leftAlone(job: UnitJob, spentUsd: number | null, run: ModelRun, stage: Stage): Promise<LookedAt> {
  const reviewed = await reviewAlone(job, run, stage);
  const { outcome } = reviewed;
  const costUsd = outcome.costUsd === null || spentUsd === null ? null : outcome.costUsd + spentUsd;
  return { ...reviewed, outcome: { ...outcome, costUsd } };
}

async function reviewAlone(job: UnitJob, run: ModelRun, stage: Stage): Promise<LookedAt> {
  const span = run.profiler.begin("unit", stage.span, job.file.path);
  const { review } = job.unit;
  try {
    const reviewed = review ? storedReview(job, review, run) : await reviewUnit(job, run, span);
    const [looked] = lookAgain([{ job, reviewed }], run, span);
    return await looked!;
  } finally {
    run.profiler.end(span);
  }
}

async function runJob(job: UnitJob, run: ModelRun, flights: Flights, stage: Stage): Promise<void> {
  const { key } = job.unit;
  try {
    // Files with the same content share one request, unless the one that asked has changed before it was sent. Between
    // the last look and `set` nothing is awaited: of several that find no answer, one asks and the others see it.
    for (let flying = flights.get(key); flying; flying = flights.get(key)) {
      const { outcome, answeredKey } = await flying;
      if (answeredKey === key) return shareAnswer(job, run, outcome);
      if (flights.get(key) === flying) break;
    }
  } catch (error) {
    return stopUnlessQuiet(error, run, stage);
  }
  const flight = reviewAlone(job, run, stage);
  flights.set(key, flight);
  await finish(job, flight, run, stage);
}

async function finish(job: UnitJob, flight: Promise<LookedAt>, run: ModelRun, stage: Stage): Promise<void> {
  try {
    const { outcome, stop } = await flight;
    run.tracker.unitDone(job.file, job.unit, outcome);
    if (stop !== undefined) throw stop;
  } catch (error) {
    stopUnlessQuiet(error, run, stage);
  }
}

function stopUnlessQuiet(error: unknown, run: ModelRun, stage: Stage): void {
  if (!isQuiet(error, run)) stage.stop(error);
}

function shareAnswer({ file, unit }: UnitJob, run: ModelRun, outcome: UnitOutcome): void {
  run.countInFlightHit(outcome.costUsd);
  run.tracker.unitDone(file, unit, { ...outcome, fromCache: true, costUsd: 0 });
}

/** What follows from a stop that has already happened is not a reason for another one. */
function isQuiet(error: unknown, run: ModelRun): boolean {
  if (!run.dispatchSignal.aborted) return false;
  if (error === run.dispatchSignal.reason || error === run.cancelSignal.reason) return true;
  if (isModelError(error)) return error.kind === "cancelled";
  return errorCode(error) === "cancelled" || !isOnceoverError(error);
}
