/** One unit's way: text, lease, money, request, findings, durable commit. */
import { randomUUID } from "node:crypto";
import { isModelError, type ModelError } from "../model/modelError.ts";
import { toNano } from "../profile/costMeter.ts";
import type { Intent } from "../store/store.ts";
import { exchangeOnce, type Asked } from "./exchange.ts";
import { storedOutcome, type UnitOutcome } from "./fileTracker.ts";
import { settlementOf } from "./keepReply.ts";
import type { ModelRun } from "./modelRun.ts";
import { prepareUnit, type PreparedUnit, type UnitJob } from "./preparedUnit.ts";
import { parseReply } from "./replySchema.ts";
import { toReview } from "./unitReply.ts";

/** While another process pays for the unit, its answer is looked for this often. */
const LEASE_POLL_MS = 500;
/** An unreadable reply is asked for once more, then the verdict is stored. */
const MAX_UNREADABLE_REPLIES = 2;

/** @throws what ends the whole run: cancellation, budget, terminal provider errors, a failing store */
export async function reviewUnit(job: UnitJob, run: ModelRun): Promise<UnitOutcome> {
  const prepared = await prepareUnit(job, run);
  if ("failure" in prepared) return { review: null, failure: prepared.failure, fromCache: true, costUsd: 0 };
  const recovered = await recoverReply(prepared, run);
  if (recovered) return recovered;
  try {
    return await run.limiter.run(() => askModel(prepared, run), run.dispatchSignal);
  } catch (error) {
    if (!isModelError(error) || run.isFatal(error)) throw error;
    return { review: null, failure: describeFailure(error), fromCache: false, costUsd: 0 };
  }
}

function describeFailure(error: ModelError): string {
  return error.kind === "transient" || error.kind === "rate-limited" ? `${error.message} It can be retried.` : error.message;
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

async function askModel(prepared: PreparedUnit, run: ModelRun): Promise<UnitOutcome> {
  let unreadable = 0;
  let spent: number | null = 0;
  for (;;) {
    const asked = await run.retry((attempt) => sendOnce(prepared, run, attempt, unreadable + 1 < MAX_UNREADABLE_REPLIES));
    if ("stored" in asked) return asked.stored;
    spent = spent === null || asked.costUsd === null ? null : spent + asked.costUsd;
    if (asked.outcome) return { ...asked.outcome, costUsd: spent };
    unreadable++;
  }
}

async function sendOnce(prepared: PreparedUnit, run: ModelRun, attempt: number, mayRepeat: boolean): Promise<Asked> {
  const boundUsd = run.upperBoundUsd(prepared.request);
  const reservation = await run.budget.reserve(boundUsd ?? 0, run.dispatchSignal);
  const requestId = randomUUID();
  try {
    const stored = await announce(prepared, run, { requestId, attempt, reservedUsd: boundUsd ?? 0 });
    if (stored) return { stored };
    const role = await run.canary.enter(run.dispatchSignal);
    return await exchangeOnce({ prepared, run, requestId, attempt, reservation, boundUsd, isLead: role === "lead", mayRepeat });
  } finally {
    reservation.release();
    run.emitMoney();
  }
}

/** Writes the intent. Waits while another process pays for the same unit; returns its answer then. */
async function announce(
  prepared: PreparedUnit,
  run: ModelRun,
  sent: { requestId: string; attempt: number; reservedUsd: number },
): Promise<UnitOutcome | undefined> {
  const intent: Intent = {
    requestId: sent.requestId,
    runId: run.runId,
    key: prepared.key,
    provider: run.model.provider,
    model: run.model.name,
    origin: run.model.origin,
    attempt: sent.attempt,
    reservedNano: toNano(sent.reservedUsd),
  };
  for (;;) {
    const answer = await run.store.recordIntent(intent, run.useCache);
    if (answer.outcome === "granted") return undefined;
    if (answer.outcome === "answered") {
      run.meter.saved(answer.unit.listPriceNano);
      return storedOutcome(answer.unit);
    }
    const ms = Math.min(LEASE_POLL_MS, answer.expiresInMs);
    run.emit({ type: "wait", reason: "lease", ms });
    await run.clock.sleep(ms, run.dispatchSignal);
  }
}
