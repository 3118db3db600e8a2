/** One unit's way: text, lease, money, request, findings, durable commit. */
import { randomUUID } from "node:crypto";
import { isModelError, type ModelError } from "../model/modelError.ts";
import { toNano } from "../profile/costMeter.ts";
import type { SpanId } from "../profile/profiler.ts";
import type { Intent, IntentAnswer, PlannedUnit } from "../store/store.ts";
import { exchangeOnce, type Asked } from "./exchange.ts";
import { storedOutcome, type UnitOutcome } from "./fileTracker.ts";
import { settlementOf } from "./keepReply.ts";
import type { ModelRun } from "./modelRun.ts";
import { prepareUnit, type PreparedUnit } from "./preparedUnit.ts";
import type { UnitJob } from "./unitsToSend.ts";
import { requestSize } from "./requestSize.ts";
import { parseReply } from "./parseReply.ts";
import { toReview } from "./unitReply.ts";

/** While another process pays for the unit, its answer is looked for this often. */
const LEASE_POLL_MS = 500;
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

function failed(failure: string, fromCache: boolean, costUsd: number | null): UnitOutcome {
  return { review: null, failure, fromCache, costUsd };
}

function describeFailure(error: ModelError): string {
  return error.kind === "transient" || error.kind === "rate-limited"
    ? `${error.message} It can be retried.`
    : error.message;
}

/** A reply that an earlier process had paid for but not read. */
async function recoverReply(prepared: PreparedUnit, run: ModelRun): Promise<UnitOutcome | undefined> {
  const { rawReply } = prepared.unit;
  if (!rawReply || prepared.key !== prepared.unit.key) return undefined;
  const parsed = parseReply(rawReply.text);
  if (!parsed) return undefined;
  const review = toReview(parsed, prepared.source);
  await run.store.settle(settlementOf(prepared, run, rawReply.requestId, { review }));
  return { review, failure: null, fromCache: true, costUsd: 0 };
}

async function askModel(prepared: PreparedUnit, run: ModelRun, span: SpanId): Promise<UnitOutcome> {
  let unreadable = 0;
  let spent: number | null = 0;
  for (;;) {
    const mayRepeat = unreadable + 1 < MAX_UNREADABLE_REPLIES;
    let asked: Asked;
    try {
      asked = await run.retry((attempt) => {
        const queued = run.profiler.begin("queue", span);
        const send = () => sendOnce(prepared, run, { attempt, mayRepeat, span, queued });
        return run.limiter.run(send, run.dispatchSignal).finally(() => run.profiler.end(queued));
      });
    } catch (error) {
      if (!isModelError(error) || run.isFatal(error)) throw error;
      return failed(describeFailure(error), false, spent);
    }
    if ("stored" in asked) return asked.stored;
    spent = spent === null || asked.costUsd === null ? null : spent + asked.costUsd;
    if (asked.outcome) return { ...asked.outcome, costUsd: spent };
    unreadable++;
  }
}

interface Sending {
  readonly attempt: number;
  readonly mayRepeat: boolean;
  /** Of the unit. */
  readonly span: SpanId;
  /** Of the time before the request: a lane, money, the canary, a lease. */
  readonly queued: SpanId;
}

async function sendOnce(prepared: PreparedUnit, run: ModelRun, sending: Sending): Promise<Asked> {
  const { attempt, mayRepeat, span, queued } = sending;
  const boundUsd = run.upperBoundUsd(prepared.request);
  const reservation = await run.budget.reserve(boundUsd ?? 0, run.dispatchSignal);
  const askedAt = run.clock.monotonicMs();
  try {
    for (;;) {
      const isLead = (await run.canary.enter(run.dispatchSignal)) === "lead";
      const requestId = randomUUID();
      const intent = intentOf(prepared, run, { requestId, attempt, reservedUsd: reservation.usd });
      const answer = await announce(intent, run, isLead);
      if (answer.outcome === "granted") {
        run.profiler.end(queued);
        const request = { requestId, attempt, reservation, boundUsd, isLead, mayRepeat, span };
        return await exchangeOnce({ prepared, run, ...request });
      }
      if (answer.outcome === "answered") return { stored: useStored(answer.unit, run) };
      if (answer.outcome === "held") await waitForOwner(answer.expiresInMs, run);
      else {
        const needed = { usd: reservation.usd, waitedMs: run.clock.monotonicMs() - askedAt };
        await run.daily.turnedAway(answer, needed, run.dispatchSignal);
      }
    }
  } finally {
    reservation.release();
    run.emitMoney();
  }
}

/** The intent is the last thing before sending: whatever it waited for lies behind it. */
async function announce(intent: Intent, run: ModelRun, isLead: boolean): Promise<IntentAnswer> {
  try {
    await run.limiter.whenOpen(run.dispatchSignal);
    const answer = await run.store.recordIntent(intent, run.useCache, run.daily.limitNano);
    if (answer.outcome === "granted" && answer.day) run.daily.note(answer.day);
    // A leader that has nothing to send lets another one find out whether the provider accepts.
    if (isLead && answer.outcome !== "granted") run.canary.failed(undefined);
    return answer;
  } catch (error) {
    if (isLead) run.canary.failed(error);
    throw error;
  }
}

function useStored(unit: Pick<PlannedUnit, "review" | "verdict" | "listPriceNano">, run: ModelRun): UnitOutcome {
  run.meter.saved(unit.listPriceNano, "disk");
  return storedOutcome(unit) ?? { review: null, failure: "its stored answer is empty", fromCache: true, costUsd: 0 };
}

/** Another process pays for the same unit: its answer, or the end of its lease, is looked for. */
async function waitForOwner(expiresInMs: number, run: ModelRun): Promise<void> {
  const ms = Math.min(LEASE_POLL_MS, expiresInMs);
  run.emit({ type: "wait", reason: "lease", ms });
  await run.clock.sleep(ms, run.dispatchSignal);
}

function intentOf(
  prepared: PreparedUnit,
  run: ModelRun,
  sent: { requestId: string; attempt: number; reservedUsd: number },
): Intent {
  const { file, unit } = prepared;
  return {
    place: {
      path: file.absolutePath,
      ordinal: unit.ordinal,
      contentHash: prepared.contentHash,
      contextHash: unit.contextHash,
      recipe: run.recipe,
      model: run.model.name,
      parts: { workspace: run.contexts[file.folder]!.hash, symbols: unit.signatures?.symbols ?? [] },
    },
    reason: sent.attempt > 1 ? "an earlier try failed" : (unit.missReason ?? "edited"),
    requestId: sent.requestId,
    runId: run.runId,
    key: prepared.key,
    provider: run.model.provider,
    model: run.model.name,
    origin: run.model.origin,
    attempt: sent.attempt,
    reservedNano: toNano(sent.reservedUsd),
    size: requestSize(prepared.request, unit.sizeBytes, file.language),
  };
}
