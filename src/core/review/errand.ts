/** One request of any kind on its way: a lane, money, the canary, an intent, the wire, the ledger. */
import { randomUUID } from "node:crypto";
import type { ModelReply, ModelRequest } from "../model/model.ts";
import { isModelError, type ModelError } from "../model/modelError.ts";
import { toNano } from "../profile/costMeter.ts";
import type { SpanId } from "../profile/profiler.ts";
import type { IntentAnswer, Receipt } from "../store/store.ts";
import { openGateSoon, promptCacheSaving, receiptOf } from "./exchange.ts";
import type { ModelRun } from "./modelRun.ts";

/** While another process asks the same, its answer is looked for this often. */
const LEASE_POLL_MS = 500;

export interface SentRequest {
  readonly requestId: string;
  readonly attempt: number;
  readonly reservedNano: number;
}

/** What one request is for. */
export interface Errand<Answer> {
  readonly request: ModelRequest;
  /** Files that events name. */
  readonly paths: readonly string[];
  /** Makes the intent durable: the last thing before sending. `answered`: it is not needed any more. */
  announce(
    sent: SentRequest,
  ): Promise<
    | Exclude<IntentAnswer, { readonly outcome: "answered" | "submitted" | "unread" }>
    | { readonly outcome: "answered"; readonly answer: Answer }
  >;
  /** Stores the paid reply before reading it. `code`: what was wrong with it; null: nothing. */
  keep(
    requestId: string,
    reply: ModelReply,
    receipt: Receipt,
  ): Promise<{ readonly answer: Answer; readonly code: string | null }>;
}

export interface ErrandEnd<Answer> {
  readonly answer: Answer;
  /** What this run paid for it; null: unknown. */
  readonly costUsd: number | null;
}

/** @throws what the provider, the budget, the store or the user has against it, after the retries that are due */
export async function runErrand<Answer>(
  errand: Errand<Answer>,
  run: ModelRun,
  span: SpanId,
): Promise<ErrandEnd<Answer>> {
  return run.retry((attempt) => {
    const queued = run.profiler.begin("queue", span);
    const send = () => reserveAndSend(errand, run, { attempt, span, queued });
    return run.limiter.run(send, run.dispatchSignal).finally(() => run.profiler.end(queued));
  });
}

interface Sending {
  readonly attempt: number;
  readonly span: SpanId;
  /** Of the time before the request. */
  readonly queued: SpanId;
}

async function reserveAndSend<Answer>(
  errand: Errand<Answer>,
  run: ModelRun,
  { attempt, span, queued }: Sending,
): Promise<ErrandEnd<Answer>> {
  const boundUsd = run.upperBoundUsd(errand.request);
  const reservation = await run.budget.reserve(boundUsd ?? 0, run.dispatchSignal);
  const askedAt = run.clock.monotonicMs();
  try {
    for (;;) {
      const isLead = (await run.canary.enter(run.dispatchSignal)) === "lead";
      const sent = { requestId: randomUUID(), attempt, reservedNano: toNano(reservation.usd) };
      const answer = await announce(errand, run, sent, isLead);
      if (answer.outcome === "granted") {
        run.profiler.end(queued);
        return await exchange(errand, run, { ...sent, boundUsd, reservation, isLead, span });
      }
      if (answer.outcome === "answered") return { answer: answer.answer, costUsd: 0 };
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

async function announce<Answer>(errand: Errand<Answer>, run: ModelRun, sent: SentRequest, isLead: boolean) {
  try {
    await run.limiter.whenOpen(run.dispatchSignal);
    const answer = await errand.announce(sent);
    if (answer.outcome === "granted" && answer.day) run.daily.note(answer.day);
    // A leader that has nothing to send lets another one find out whether the provider accepts.
    if (isLead && answer.outcome !== "granted") run.canary.failed(undefined);
    return answer;
  } catch (error) {
    if (isLead) run.canary.failed(error);
    throw error;
  }
}

async function waitForOwner(expiresInMs: number, run: ModelRun): Promise<void> {
  const ms = Math.min(LEASE_POLL_MS, expiresInMs);
  if (ms <= 0) return;
  run.emit({ type: "wait", reason: "lease", ms });
  await run.clock.sleep(ms, run.dispatchSignal);
}

interface Granted extends SentRequest {
  readonly boundUsd: number | null;
  readonly reservation: { settle(usd: number): void };
  readonly isLead: boolean;
  readonly span: SpanId;
}

async function exchange<Answer>(errand: Errand<Answer>, run: ModelRun, granted: Granted): Promise<ErrandEnd<Answer>> {
  const { requestId, attempt, boundUsd, isLead, span } = granted;
  const { paths } = errand;
  const { profiler } = run;
  const startedAt = run.clock.monotonicMs();
  const elapsed = () => run.clock.monotonicMs() - startedAt;
  run.meter.requested();
  if (attempt > 1) run.meter.retried();
  run.emit({ type: "request-start", requestId, paths, attempt, reservedUsd: boundUsd ?? 0 });
  run.emitMoney();
  const gate = new AbortController();
  const asking = profiler.begin("request", span, requestId);
  try {
    const reply = await run.model.stream(
      errand.request,
      {
        onAccepted(accepted) {
          run.limiter.observe(accepted);
          if (isLead) openGateSoon(run, gate.signal);
        },
        onFirstToken() {
          if (isLead) run.canary.accepted();
          run.firstToken.record(elapsed());
          run.emit({ type: "request-first-token", requestId, ms: elapsed() });
        },
      },
      run.cancelSignal,
    );
    if (isLead) run.canary.accepted();
    run.limiter.succeeded(null);
    return await receive(errand, run, granted, reply, elapsed());
  } catch (error) {
    if (isLead) run.canary.failed(error);
    if (isModelError(error)) await recordFailed(errand, run, granted, error, elapsed());
    throw error;
  } finally {
    profiler.end(asking);
    gate.abort();
  }
}

async function receive<Answer>(
  { paths, keep }: Errand<Answer>,
  run: ModelRun,
  { requestId, boundUsd, reservation }: Granted,
  reply: ModelReply,
  ms: number,
): Promise<ErrandEnd<Answer>> {
  const costUsd = run.costOf(reply);
  const receipt = receiptOf(reply, costUsd, boundUsd);
  reservation.settle(costUsd ?? boundUsd ?? 0);
  run.meter.paid(reply.usage, receipt.costNano);
  run.requestTime.record(ms);
  const { answer, code } = await keep(requestId, reply, receipt);
  run.emit({
    type: "request-end",
    requestId,
    paths,
    outcome: code === null ? "ok" : "failed",
    code,
    ms,
    usage: reply.usage,
    costUsd,
    ...promptCacheSaving(run.listPriceNano(reply), costUsd),
    maybeBilledUsd: 0,
  });
  return { answer, costUsd };
}

async function recordFailed(
  { paths }: Errand<unknown>,
  run: ModelRun,
  { requestId, boundUsd, reservation }: Granted,
  error: ModelError,
  ms: number,
): Promise<void> {
  const maybeUsd = error.billed === "maybe" ? (boundUsd ?? 0) : 0;
  if (error.kind === "rate-limited") run.limiter.rateLimited(error.retryAfterMs);
  // What may have been billed counts against the wall: it is the only way never to exceed it.
  if (maybeUsd > 0) reservation.settle(maybeUsd);
  run.meter.maybe(toNano(maybeUsd));
  const maybeNano = toNano(maybeUsd);
  const receipt: Receipt = { usage: error.usage, costNano: 0, maybeNano, serviceTier: null, providerRequestId: null };
  await run.store.recordFailure(requestId, error.code, receipt, false);
  run.emit({
    type: "request-end",
    requestId,
    paths,
    outcome: error.kind === "cancelled" ? "cancelled" : "failed",
    code: error.code,
    ms,
    usage: error.usage,
    costUsd: 0,
    maybeBilledUsd: maybeUsd,
  });
}
