/** One request of any kind on its way: a lane, money, a departure, an intent, the wire, the ledger. */
import { randomUUID } from "node:crypto";
import type { ModelReply, ModelRequest } from "../model/model.ts";
import { toNano } from "../profile/costMeter.ts";
import type { SpanId } from "../profile/profiler.ts";
import type { IntentAnswer, Receipt } from "../store/store.ts";
import type { ModelRun } from "./modelRun.ts";
import { emitRequestEnd, transmit, type Transmission } from "./transmit.ts";
import { announced } from "./unitReview.ts";

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
      const departure = await run.departures.enter(run.primedPrefix(errand.request), run.dispatchSignal);
      const sent = { requestId: randomUUID(), attempt, reservedNano: toNano(reservation.usd) };
      const answer = await announced(() => errand.announce(sent), run, departure);
      if (answer.outcome === "granted") {
        run.profiler.end(queued);
        return await exchange(errand, { ...sent, run, boundUsd, reservation, departure, span });
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

async function waitForOwner(expiresInMs: number, run: ModelRun): Promise<void> {
  const ms = Math.min(LEASE_POLL_MS, expiresInMs);
  if (ms <= 0) return;
  run.emit({ type: "wait", reason: "lease", ms });
  await run.clock.sleep(ms, run.dispatchSignal);
}

async function exchange<Answer>(
  { request, paths, keep }: Errand<Answer>,
  granted: Omit<Transmission, "request" | "paths" | "onText">,
): Promise<ErrandEnd<Answer>> {
  const sending = { ...granted, request, paths, onText: () => {} };
  return transmit(sending, async (billed) => {
    const { answer, code } = await keep(granted.requestId, billed.reply, billed.receipt);
    emitRequestEnd(sending, billed, code);
    return { answer, costUsd: billed.costUsd };
  });
}
