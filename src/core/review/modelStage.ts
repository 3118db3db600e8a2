/** Sends the plan's misses to the model: as many at once as the limiter allows, none twice, none beyond the budget. */
import { errorCode, isOnceoverError } from "../../shared/errors.ts";
import { isModelError } from "../model/modelError.ts";
import type { SpanId } from "../profile/profiler.ts";
import type { ModelRun } from "./modelRun.ts";
import type { UnitJob } from "./unitsToSend.ts";
import type { UnitOutcome } from "./fileTracker.ts";
import { reviewUnit, type ReviewedUnit } from "./unitReview.ts";

/** Lanes beyond the concurrency make the next units' text ready while requests are under way. */
const LANES_AHEAD = 2;

export type StopRun = (error: unknown) => void;

interface Stage {
  readonly concurrency: number;
  readonly stop: StopRun;
  /** Of the whole stage. */
  readonly span: SpanId;
}

type Flights = Map<string, Promise<ReviewedUnit>>;

/** Resolves when every unit has its outcome or the run has been stopped. Never rejects. */
export async function runModelStage(jobs: readonly UnitJob[], run: ModelRun, stage: Stage): Promise<void> {
  const flights: Flights = new Map();
  let next = 0;
  const lane = async () => {
    for (let job = jobs[next++]; job && !run.dispatchSignal.aborted; job = jobs[next++]) {
      await runJob(job, run, flights, stage);
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs.length, stage.concurrency + LANES_AHEAD) }, lane));
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
    const span = run.profiler.begin("unit", stage.span, job.file.path);
    const flight = reviewUnit(job, run, span).finally(() => run.profiler.end(span));
    flights.set(key, flight);
    run.tracker.unitDone(job.file, job.unit, (await flight).outcome);
  } catch (error) {
    if (!isQuiet(error, run)) stage.stop(error);
  }
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
