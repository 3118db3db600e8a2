/** One unit's way: text, lease, money, request, findings, durable commit. */
import { isModelError, type ModelError } from "../model/modelError.ts";
import type { SpanId } from "../profile/profiler.ts";
import { runErrand, type ErrandEnd } from "./errand.ts";
import type { UnitOutcome } from "./fileTracker.ts";
import type { ModelRun } from "./modelRun.ts";
import { prepareUnit, type PreparedUnit } from "./preparedUnit.ts";
import { readUnread, unitErrand, type UnitAnswer } from "./unitErrand.ts";
import type { UnitJob } from "./unitsToSend.ts";

/** An unreadable reply is asked for once more, then the verdict is stored. */
const MAX_UNREADABLE_REPLIES = 2;

export interface ReviewedUnit {
  readonly outcome: UnitOutcome;
  /** What the outcome answers for: another key than planned when the file has changed since; null: nothing was asked. */
  readonly answeredKey: string | null;
}

/**
 * @param span of the whole way
 * @throws what ends the whole run: cancellation, budget, terminal provider errors, a failing store
 */
export async function reviewUnit(job: UnitJob, run: ModelRun, span: SpanId): Promise<ReviewedUnit> {
  run.tracker.begin(job.file);
  const preparing = run.profiler.begin("prepare", span);
  const prepared = await prepareUnit(job, run).finally(() => run.profiler.end(preparing));
  if ("failure" in prepared) return { outcome: failed(prepared.failure, true, 0), answeredKey: null };
  const outcome = (await recoverReply(prepared, run)) ?? (await askModel(prepared, run, span));
  return { outcome, answeredKey: prepared.key };
}

export function failed(failure: string, fromCache: boolean, costUsd: number | null): UnitOutcome {
  return { review: null, failure, fromCache, costUsd };
}

export function describeFailure(error: ModelError): string {
  return error.kind === "transient" || error.kind === "rate-limited"
    ? `${error.message} It can be retried.`
    : error.message;
}

/** A reply that an earlier process had paid for but not read. */
async function recoverReply(prepared: PreparedUnit, run: ModelRun): Promise<UnitOutcome | undefined> {
  const { rawReply } = prepared.unit;
  return rawReply && prepared.key === prepared.unit.key ? readUnread(rawReply, prepared, run) : undefined;
}

async function askModel(prepared: PreparedUnit, run: ModelRun, span: SpanId): Promise<UnitOutcome> {
  let spent: number | null = 0;
  for (let asked = 1; ; asked++) {
    const mayRepeat = asked < MAX_UNREADABLE_REPLIES;
    let end: ErrandEnd<UnitAnswer>;
    try {
      end = await runErrand(unitErrand(prepared, { run, mayRepeat, span }), run, span);
    } catch (error) {
      if (!isModelError(error) || run.isFatal(error)) throw error;
      return failed(describeFailure(error), false, spent);
    }
    const { answer, costUsd } = end;
    spent = spent === null || costUsd === null ? null : spent + costUsd;
    if (answer) return { ...answer, costUsd: spent };
  }
}
