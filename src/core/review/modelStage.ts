/** Sends the plan's misses to the model: as many at once as the limiter allows, none twice, none beyond the budget. */
import { errorCode, isOnceoverError } from "../../shared/errors.ts";
import { isModelError } from "../model/modelError.ts";
import type { UnitOutcome } from "./fileTracker.ts";
import type { ModelRun } from "./modelRun.ts";
import type { UnitJob } from "./unitsToSend.ts";
import { reviewUnit } from "./unitReview.ts";

/** Lanes beyond the concurrency make the next units' text ready while requests are under way. */
const LANES_AHEAD = 2;

export type StopRun = (error: unknown) => void;

/** Resolves when every unit has its outcome or the run has been stopped. Never rejects. */
export async function runModelStage(
  jobs: readonly UnitJob[],
  run: ModelRun,
  concurrency: number,
  stop: StopRun,
): Promise<void> {
  const flights = new Map<string, Promise<UnitOutcome>>();
  let next = 0;
  const lane = async () => {
    for (let job = jobs[next++]; job && !run.dispatchSignal.aborted; job = jobs[next++]) {
      await runJob(job, run, flights, stop);
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs.length, concurrency + LANES_AHEAD) }, lane));
}

async function runJob(
  job: UnitJob,
  run: ModelRun,
  flights: Map<string, Promise<UnitOutcome>>,
  stop: StopRun,
): Promise<void> {
  const { key } = job.unit;
  const flying = flights.get(key);
  // Two files with the same content share one request.
  const flight = flying ?? reviewUnit(job, run);
  flights.set(key, flight);
  try {
    const outcome = await flight;
    run.tracker.unitDone(job.file, job.unit, flying ? { ...outcome, fromCache: true, costUsd: 0 } : outcome);
    if (flying) run.countInFlightHit();
  } catch (error) {
    if (!flying) flights.delete(key);
    if (!isQuiet(error, run)) stop(error);
  }
}

/** What follows from a stop that has already happened is not a reason for another one. */
function isQuiet(error: unknown, run: ModelRun): boolean {
  if (!run.dispatchSignal.aborted) return false;
  if (error === run.dispatchSignal.reason || error === run.cancelSignal.reason) return true;
  if (isModelError(error)) return error.kind === "cancelled";
  return errorCode(error) === "cancelled" || !isOnceoverError(error);
}
