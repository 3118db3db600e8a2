/** One request on the wire, and what it cost. */
import type { RunEventBody } from "../../shared/events.ts";
import type { Departure } from "../flow/departures.ts";
import type { ModelReply, ModelRequest } from "../model/model.ts";
import { isModelError, type ModelError } from "../model/modelError.ts";
import { fromNano, toNano } from "../profile/costMeter.ts";
import type { SpanId } from "../profile/profiler.ts";
import type { Receipt } from "../store/settlement.ts";
import type { ModelRun } from "./modelRun.ts";

export interface Transmission {
  readonly run: ModelRun;
  readonly request: ModelRequest;
  /** Of the files that it is about. */
  readonly paths: readonly string[];
  readonly requestId: string;
  readonly attempt: number;
  readonly reservation: { settle(usd: number): void; release(): void };
  readonly boundUsd: number | null;
  readonly departure: Departure;
  /** Of the unit, or of several. */
  readonly span: SpanId;
  readonly onText: (delta: string) => void;
}

export interface BilledReply {
  readonly reply: ModelReply;
  readonly receipt: Receipt;
  /** null: unknown. */
  readonly costUsd: number | null;
  readonly ms: number;
}

/** @param receive keeps what has been paid for */
export async function transmit<T>(sending: Transmission, receive: (billed: BilledReply) => Promise<T>): Promise<T> {
  const { run, requestId, attempt, boundUsd, departure, paths } = sending;
  const startedAt = run.clock.monotonicMs();
  const elapsed = () => run.clock.monotonicMs() - startedAt;
  run.meter.requested();
  if (attempt > 1) run.meter.retried();
  run.emit({ type: "request-start", requestId, paths, attempt, reservedUsd: boundUsd ?? 0 });
  run.emitMoney();
  const { profiler } = run;
  const asking = profiler.begin("request", sending.span, requestId);
  const waiting = profiler.begin("first token", asking);
  let streaming = 0;
  const endSpans = () => [waiting, streaming, asking].forEach((span) => profiler.end(span));
  try {
    const reply = await run.model.stream(
      onShard(sending.request, departure.shard),
      {
        onAccepted(accepted) {
          run.limiter.observe(accepted);
          departure.accepted();
        },
        onFirstToken() {
          profiler.end(waiting);
          streaming = profiler.begin("stream", asking);
          departure.firstToken();
          run.firstToken.record(elapsed());
          run.emit({ type: "request-first-token", requestId, ms: elapsed() });
        },
        onText: sending.onText,
      },
      run.cancelSignal,
    );
    endSpans();
    // A reply may end without a single token: it was accepted all the same.
    departure.firstToken();
    run.limiter.succeeded(null);
    return await receive(billed(sending, reply, elapsed()));
  } catch (error) {
    endSpans();
    departure.failed(error);
    if (isModelError(error)) await recordFailedRequest(sending, error, elapsed());
    throw error;
  }
}

/** The key alone says where it goes: what is asked is the same everywhere. */
function onShard(request: ModelRequest, shard: number): ModelRequest {
  return shard === 0 || request.cacheKey === undefined
    ? request
    : { ...request, cacheKey: `${request.cacheKey}-${shard}` };
}

function billed({ run, boundUsd, reservation }: Transmission, reply: ModelReply, ms: number): BilledReply {
  const costUsd = run.costOf(reply);
  const receipt = receiptOf(reply, costUsd, boundUsd);
  reservation.settle(costUsd ?? boundUsd ?? 0);
  run.meter.paid(reply.usage, receipt.costNano);
  run.requestTime.record(ms);
  return { reply, receipt, costUsd, ms };
}

/** @param code null: it was worth its money */
export function emitRequestEnd(
  { run, requestId, paths }: Transmission,
  { reply, costUsd, ms }: BilledReply,
  code: string | null,
): void {
  endRequest(run, {
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
}

function endRequest(run: ModelRun, end: Omit<Extract<RunEventBody, { readonly type: "request-end" }>, "type">): void {
  if (end.outcome === "failed") run.meter.failed();
  run.emit({ type: "request-end", ...end });
}

function promptCacheSaving(listPriceNano: number | null, costUsd: number | null) {
  if (listPriceNano === null || costUsd === null) return {};
  return { promptCacheSavedUsd: fromNano(listPriceNano - toNano(costUsd)) };
}

function receiptOf(reply: ModelReply, costUsd: number | null, boundUsd: number | null): Receipt {
  return {
    usage: reply.usage,
    costNano: costUsd === null ? null : toNano(costUsd),
    // What is not known is at most this; the ledger must cover the bill.
    maybeNano: costUsd === null ? toNano(boundUsd ?? 0) : 0,
    serviceTier: reply.serviceTier,
    providerRequestId: reply.providerRequestId,
  };
}

async function recordFailedRequest(sending: Transmission, error: ModelError, ms: number): Promise<void> {
  const { run, requestId, boundUsd, reservation, paths } = sending;
  const maybeUsd = error.billed === "maybe" ? (boundUsd ?? 0) : 0;
  if (error.kind === "rate-limited") run.limiter.rateLimited(error.retryAfterMs);
  // What may have been billed counts against the wall: it is the only way never to exceed it.
  if (maybeUsd > 0) reservation.settle(maybeUsd);
  run.meter.maybe(toNano(maybeUsd));
  const receipt: Receipt = {
    usage: error.usage,
    costNano: 0,
    maybeNano: toNano(maybeUsd),
    serviceTier: null,
    providerRequestId: null,
  };
  await run.store.recordFailure(requestId, error.code, receipt);
  endRequest(run, {
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
