/** One request and its streamed reply, under our own watchdogs: the SDK's know neither silence nor a missing end. */
import { followSignals } from "../flow/followSignals.ts";
import { NOT_NEEDED } from "../flow/notNeeded.ts";
import { createWatchdog } from "../flow/watchdog.ts";
import type { Clock, Logger } from "../ports.ts";
import { failureOfExchange, type ModelLimits } from "./chatFailure.ts";
import type { ConnectWatch } from "./connectWatch.ts";
import { createGuardedFetch, type GuardedFetch } from "./guardedFetch.ts";
import type { ModelReply, RateLimits, StreamHandlers } from "./model.ts";
import type { ModelError } from "./modelError.ts";
import type { AnswerContext } from "./statusError.ts";
import type { StreamedReply } from "./streamedReply.ts";

/** After the finish reason only the usage is outstanding. */
const USAGE_WAIT_MS = 10_000;

export interface ChatExchange<Chunk> {
  /** Empty; takes what comes. */
  readonly reply: StreamedReply<Chunk>;
  readonly context: AnswerContext;
  readonly limits: ModelLimits;
  readonly handlers: StreamHandlers;
  /** Aborted by the caller, or because the model is closed. */
  readonly signal: AbortSignal;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly connectWatch: ConnectWatch;
  /** Sends the request through that fetch. */
  readonly open: (guarded: GuardedFetch, signal: AbortSignal) => Promise<AsyncIterable<Chunk>>;
}

export type ExchangeResult =
  | { readonly reply: ModelReply }
  | { readonly error: ModelError; readonly rejection: GuardedFetch["rejection"] };

export async function exchangeChat<Chunk>(exchange: ChatExchange<Chunk>): Promise<ExchangeResult> {
  const { context, limits, signal, clock, reply } = exchange;
  const notify = createNotifier(exchange);
  const unreachable = new AbortController();
  const outer = followSignals(signal, unreachable.signal);
  const watchdog = createWatchdog({ clock, idleMs: limits.idleMs, totalMs: limits.totalMs, signal: outer.signal });
  const endConnectWatch = exchange.connectWatch.begin(() => unreachable.abort());
  const guarded = createGuardedFetch({
    fetch: exchange.fetch,
    clock,
    context,
    maxReplyBytes: limits.maxReplyBytes,
    onAccepted: notify.accepted,
    onActivity() {
      endConnectWatch();
      watchdog.touch();
    },
  });
  let error: unknown;
  try {
    await receive(exchange, guarded, watchdog.signal, notify.added);
  } catch (thrown) {
    error = thrown;
  } finally {
    endConnectWatch();
    watchdog.stop();
    outer.stop();
    guarded.end();
  }
  // Whatever came after the finish reason, or did not: the reply is whole.
  if (reply.finish !== null && reply.finish !== "broken")
    return { reply: wholeReply(reply, reply.finish, context.model, guarded) };
  const expired = unreachable.signal.aborted ? ("connect" as const) : watchdog.expired;
  const ended = { context, limits, guarded, reply, expired, isCancelled: signal.aborted, error };
  return { error: failureOfExchange(ended), rejection: guarded.rejection };
}

type Added = ReturnType<StreamedReply<unknown>["add"]>;

async function receive<Chunk>(
  { reply, clock, open }: ChatExchange<Chunk>,
  guarded: GuardedFetch,
  signal: AbortSignal,
  onAdded: (added: Added) => void,
): Promise<void> {
  const done = new AbortController();
  const late = new AbortController();
  const either = followSignals(signal, late.signal);
  try {
    const stream = await open(guarded, either.signal);
    for await (const chunk of stream) {
      const wasFinished = reply.finish !== null;
      onAdded(reply.add(chunk));
      if (wasFinished || reply.finish === null) continue;
      const giveUp = () => late.abort();
      clock.sleep(USAGE_WAIT_MS, done.signal).then(giveUp, () => undefined);
    }
  } finally {
    done.abort(NOT_NEEDED);
    either.stop();
  }
}

function wholeReply(
  reply: StreamedReply<never>,
  finish: ModelReply["finish"],
  model: string,
  guarded: GuardedFetch,
): ModelReply {
  return {
    text: reply.text,
    finish,
    usage: reply.usage,
    model: reply.model ?? model,
    serviceTier: reply.serviceTier,
    providerRequestId: guarded.requestId,
  };
}

/** A listener that throws is a defect, but no reason to lose a reply that is being paid for. */
function createNotifier({ handlers, logger }: Pick<ChatExchange<unknown>, "handlers" | "logger">) {
  let hasToken = false;
  const safely = (call: () => void) => {
    try {
      call();
    } catch (error) {
      logger.error(`A listener to a reply failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return {
    accepted: (limits: RateLimits) => safely(() => handlers.onAccepted?.(limits)),
    added(added: Added) {
      if (added.hasToken && !hasToken) {
        hasToken = true;
        safely(() => handlers.onFirstToken?.());
      }
      if (added.text) safely(() => handlers.onText?.(added.text));
    },
  };
}
