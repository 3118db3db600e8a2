/** One request of any kind on its way: a lane, money, a departure, an intent, the wire, the ledger. */
import { randomUUID } from "node:crypto";
import type { Departure } from "../flow/departures.ts";
import type { ModelRequest } from "../model/model.ts";
import { toNano } from "../profile/costMeter.ts";
import type { SpanId } from "../profile/profiler.ts";
import type { DaySpending, RequestSize } from "../store/intent.ts";
import type { ModelRun } from "./modelRun.ts";
import { emitRequestEnd, transmit, type BilledReply } from "./transmit.ts";

/** While another process asks the same, its answer is looked for this often. */
const LEASE_POLL_MS = 500;

export interface SentRequest {
  readonly requestId: string;
  readonly attempt: number;
  readonly reservedNano: number;
  readonly size: RequestSize;
}

/** What comes of an intent. `granted`: it is durable and the request goes out; else nothing was written. */
export type Announced<Answer> =
  | { readonly outcome: "granted"; readonly day?: DaySpending }
  /** It is not needed any more. */
  | { readonly outcome: "answered"; readonly answer: Answer }
  | { readonly outcome: "held"; readonly expiresInMs: number }
  | { readonly outcome: "over-daily-budget"; readonly day: DaySpending; readonly mayFit: boolean };

/** What one request is for. */
export interface Errand<Answer> {
  readonly request: ModelRequest;
  /** Of the request. */
  readonly size: RequestSize;
  /** Files that events name. */
  readonly paths: readonly string[];
  /** For each attempt anew: is told the reply's text as it comes. */
  readonly listen?: () => (delta: string) => void;
  /** Makes the intent durable: the last thing before sending. */
  announce(sent: SentRequest): Promise<Announced<Answer>>;
  /** Stores the paid reply before reading it. `code`: what was wrong with it; null: it was worth its money. */
  keep(requestId: string, billed: BilledReply): Promise<{ readonly answer: Answer; readonly code: string | null }>;
}

export interface ErrandEnd<Answer> {
  readonly answer: Answer;
  /** What this run paid for it; null: unknown. */
  readonly costUsd: number | null;
}

/**
 * @param span of what it is done for
 * @throws what the provider, the budget, the store or the user has against it, after the retries that are due
 */
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
  const { paths, size } = errand;
  const { request, boundUsd } = run.bound(errand.request, size.units);
  const reservation = await run.budget.reserve(boundUsd ?? 0, run.dispatchSignal);
  const askedAt = run.clock.monotonicMs();
  try {
    for (;;) {
      const departure = await run.departures.enter(run.primedPrefix(request), run.dispatchSignal);
      const sent = { requestId: randomUUID(), attempt, reservedNano: toNano(reservation.usd), size };
      const announced = await announce(errand, run, sent, departure);
      if (announced.outcome === "granted") {
        run.profiler.end(queued);
        const onText = errand.listen?.() ?? (() => {});
        const sending = { run, request, paths, onText, ...sent, reservation, boundUsd, departure, span };
        return await transmit(sending, async (billed) => {
          const isCut = billed.reply.finish === "length" && request !== errand.request;
          if (isCut) run.giveUpBound();
          const received = isCut ? { ...billed, reply: { ...billed.reply, hadLearnedBound: true } } : billed;
          const { answer, code } = await errand.keep(sent.requestId, received);
          emitRequestEnd(sending, billed, code);
          return { answer, costUsd: billed.costUsd };
        });
      }
      if (announced.outcome === "answered") return { answer: announced.answer, costUsd: 0 };
      if (announced.outcome === "held") await waitForOwner(announced.expiresInMs, run);
      else {
        const needed = { usd: reservation.usd, waitedMs: run.clock.monotonicMs() - askedAt };
        await run.daily.turnedAway(announced, needed, run.dispatchSignal);
      }
    }
  } finally {
    reservation.release();
    run.emitMoney();
  }
}

/** The intent is the last thing before sending: whatever it waited for lies behind it. */
async function announce<Answer>(
  errand: Errand<Answer>,
  run: ModelRun,
  sent: SentRequest,
  departure: Departure,
): Promise<Announced<Answer>> {
  try {
    await run.limiter.whenOpen(run.dispatchSignal);
    const announced = await errand.announce(sent);
    if (announced.outcome === "granted" && announced.day) run.daily.note(announced.day);
    // A leader that has nothing to send lets another one find out whether the provider accepts.
    if (announced.outcome !== "granted") departure.failed(undefined);
    return announced;
  } catch (error) {
    departure.failed(error);
    throw error;
  }
}

/** Another process pays for the same: its answer, or the end of its lease, is looked for. */
async function waitForOwner(expiresInMs: number, run: ModelRun): Promise<void> {
  const ms = Math.min(LEASE_POLL_MS, expiresInMs);
  if (ms <= 0) return;
  run.emit({ type: "wait", reason: "lease", ms });
  await run.clock.sleep(ms, run.dispatchSignal);
}
