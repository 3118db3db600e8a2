/** One request and its reply, from the wire to the ledger. */
import { NOT_NEEDED } from "../flow/notNeeded.ts";
import type { ModelReply } from "../model/model.ts";
import { isModelError, type ModelError } from "../model/modelError.ts";
import { fromNano, toNano } from "../profile/costMeter.ts";
import type { SpanId } from "../profile/profiler.ts";
import type { Receipt } from "../store/store.ts";
import { anchorFinding } from "./anchor.ts";
import { keepReply } from "./keepReply.ts";
import type { ModelRun } from "./modelRun.ts";
import { MAX_FINDINGS } from "./replySchema.ts";
import { createStreamedFindings } from "./streamedFindings.ts";
import type { UnitOutcome } from "./fileTracker.ts";
import type { PreparedUnit } from "./preparedUnit.ts";

export type Asked =
  | { readonly stored: UnitOutcome }
  /** `outcome` null: the reply could not be read and may be asked for once more. */
  | { readonly outcome: UnitOutcome | null; readonly costUsd: number | null };

export interface Exchange {
  readonly prepared: PreparedUnit;
  readonly run: ModelRun;
  readonly requestId: string;
  readonly attempt: number;
  readonly reservation: { settle(usd: number): void; release(): void };
  readonly boundUsd: number | null;
  readonly isLead: boolean;
  readonly mayRepeat: boolean;
  /** Of the unit. */
  readonly span: SpanId;
}

export async function exchangeOnce(exchange: Exchange): Promise<Asked> {
  const { prepared, run, requestId, attempt, boundUsd, isLead } = exchange;
  const paths = [prepared.file.path];
  const startedAt = run.clock.monotonicMs();
  const elapsed = () => run.clock.monotonicMs() - startedAt;
  run.meter.requested();
  if (attempt > 1) run.meter.retried();
  run.emit({ type: "request-start", requestId, paths, attempt, reservedUsd: boundUsd ?? 0 });
  run.emitMoney();
  const gate = new AbortController();
  const { profiler } = run;
  const asking = profiler.begin("request", exchange.span, requestId);
  const waiting = profiler.begin("first token", asking);
  let streaming = 0;
  const endSpans = () => [waiting, streaming, asking].forEach((span) => profiler.end(span));
  try {
    const reply = await run.model.stream(
      prepared.request,
      {
        onAccepted(accepted) {
          run.limiter.observe(accepted);
          if (isLead) openGateSoon(run, gate.signal);
        },
        onFirstToken() {
          profiler.end(waiting);
          streaming = profiler.begin("stream", asking);
          if (isLead) run.canary.accepted();
          run.firstToken.record(elapsed());
          run.emit({ type: "request-first-token", requestId, ms: elapsed() });
        },
        onText: createPreview(prepared, run),
      },
      run.cancelSignal,
    );
    endSpans();
    // A reply may end without a single token: it was accepted all the same.
    if (isLead) run.canary.accepted();
    run.limiter.succeeded(null);
    return await receive(exchange, reply, elapsed());
  } catch (error) {
    endSpans();
    if (isLead) run.canary.failed(error);
    if (isModelError(error)) await recordFailedRequest(exchange, error, elapsed());
    throw error;
  } finally {
    gate.abort(NOT_NEEDED);
  }
}

/**
 * What the first request writes to the provider's cache can be read from its first token on, so the others wait for
 * that; but not for as long as some models think before they write.
 */
function openGateSoon(run: ModelRun, signal: AbortSignal): void {
  run.clock.sleep(MAX_PRIMING_MS, signal).then(run.canary.accepted, () => {});
}

const MAX_PRIMING_MS = 3_000;

function createPreview(prepared: PreparedUnit, run: ModelRun): (delta: string) => void {
  const stream = createStreamedFindings(({ finding, position, isWhole }) => {
    if (position >= MAX_FINDINGS) return;
    const anchored = anchorFinding(finding, prepared.source);
    if (!anchored) return;
    // Its scenario is yet to come: how severe it is, is for now what the model says.
    const shown = isWhole ? anchored : { ...anchored, severity: finding.severity };
    run.tracker.preview(prepared.file, prepared.unit, shown);
  });
  return (delta) => stream.push(delta);
}

/** Stores the reply before reading it, then what it says. */
async function receive(exchange: Exchange, reply: ModelReply, ms: number): Promise<Asked> {
  const { prepared, run, requestId, reservation, mayRepeat } = exchange;
  const costUsd = run.costOf(reply);
  const receipt = receiptOf(reply, costUsd, exchange.boundUsd);
  reservation.settle(costUsd ?? exchange.boundUsd ?? 0);
  run.meter.paid(reply.usage, receipt.costNano);
  run.requestTime.record(ms);
  const read = await keepReply(exchange, reply, receipt);
  const ok = read.review !== null;
  const code = read.code ?? read.verdict?.code ?? null;
  run.emit({
    type: "request-end",
    requestId,
    paths: [prepared.file.path],
    outcome: ok ? "ok" : "failed",
    code,
    ms,
    usage: reply.usage,
    costUsd,
    ...promptCacheSaving(run.listPriceNano(reply), costUsd),
    maybeBilledUsd: 0,
  });
  if (read.review) return { outcome: { review: read.review, failure: null, fromCache: false, costUsd }, costUsd };
  if (read.isUnreadable && mayRepeat) return { outcome: null, costUsd };
  return { outcome: { review: null, failure: read.failure, fromCache: false, costUsd }, costUsd };
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

async function recordFailedRequest(exchange: Exchange, error: ModelError, ms: number): Promise<void> {
  const { prepared, run, requestId, boundUsd, reservation } = exchange;
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
  await run.store.recordFailure(requestId, error.code, receipt, false);
  run.emit({
    type: "request-end",
    requestId,
    paths: [prepared.file.path],
    outcome: error.kind === "cancelled" ? "cancelled" : "failed",
    code: error.code,
    ms,
    usage: error.usage,
    costUsd: 0,
    maybeBilledUsd: maybeUsd,
  });
}
