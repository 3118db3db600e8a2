/** One request and its streamed reply, under our own watchdogs: the SDK's know neither silence nor a missing end. */
import type { OpenAI } from "openai";
import { createWatchdog } from "../flow/watchdog.ts";
import type { Clock, Logger } from "../ports.ts";
import { failureOfExchange, type ModelLimits } from "./chatFailure.ts";
import { createChatReply, type ChatReply } from "./chatReply.ts";
import type { ConnectWatch } from "./connectWatch.ts";
import { createGuardedFetch, type GuardedFetch } from "./guardedFetch.ts";
import type { ModelReply, RateLimits, StreamHandlers } from "./model.ts";
import type { ModelError } from "./modelError.ts";
import type { ChatBody } from "./openaiRequest.ts";
import type { AnswerContext } from "./statusError.ts";

/** After the finish reason only the usage is outstanding. */
const USAGE_WAIT_MS = 10_000;

export interface ChatExchange {
  readonly body: ChatBody;
  readonly context: AnswerContext;
  readonly limits: ModelLimits;
  readonly handlers: StreamHandlers;
  /** Aborted by the caller, or because the model is closed. */
  readonly signal: AbortSignal;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly connectWatch: ConnectWatch;
  /** A client that sends through that fetch. It holds no connection: those belong to fetch. */
  readonly clientFor: (guarded: GuardedFetch) => Pick<OpenAI, "chat">;
}

export type ExchangeResult =
  | { readonly reply: ModelReply }
  | { readonly error: ModelError; readonly rejection: GuardedFetch["rejection"] };

export async function exchangeChat(exchange: ChatExchange): Promise<ExchangeResult> {
  const { context, limits, signal, clock } = exchange;
  const reply = createChatReply();
  const notify = createNotifier(exchange);
  const unreachable = new AbortController();
  const outer = AbortSignal.any([signal, unreachable.signal]);
  const watchdog = createWatchdog({ clock, idleMs: limits.idleMs, totalMs: limits.totalMs, signal: outer });
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
    await receive(exchange, guarded, watchdog.signal, reply, notify.added);
  } catch (thrown) {
    error = thrown;
  } finally {
    endConnectWatch();
    watchdog.stop();
  }
  // Whatever came after the finish reason, or did not: the reply is whole.
  if (reply.finish !== null && reply.finish !== "broken")
    return { reply: wholeReply(reply, reply.finish, context.model, guarded) };
  const expired = unreachable.signal.aborted ? ("connect" as const) : watchdog.expired;
  const ended = { context, limits, guarded, reply, expired, isCancelled: signal.aborted, error };
  return { error: failureOfExchange(ended), rejection: guarded.rejection };
}

async function receive(
  { body, clock, clientFor }: ChatExchange,
  guarded: GuardedFetch,
  signal: AbortSignal,
  reply: ChatReply,
  onAdded: (added: ReturnType<ChatReply["add"]>) => void,
): Promise<void> {
  const done = new AbortController();
  const late = new AbortController();
  try {
    const stream = await clientFor(guarded).chat.completions.create(body, {
      signal: AbortSignal.any([signal, late.signal]),
    });
    for await (const chunk of stream) {
      const wasFinished = reply.finish !== null;
      onAdded(reply.add(chunk));
      if (wasFinished || reply.finish === null) continue;
      const giveUp = () => late.abort();
      clock.sleep(USAGE_WAIT_MS, done.signal).then(giveUp, () => undefined);
    }
  } finally {
    done.abort();
  }
}

function wholeReply(reply: ChatReply, finish: ModelReply["finish"], model: string, guarded: GuardedFetch): ModelReply {
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
function createNotifier({ handlers, logger }: ChatExchange) {
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
    added(added: ReturnType<ChatReply["add"]>) {
      if (added.hasToken && !hasToken) {
        hasToken = true;
        safely(() => handlers.onFirstToken?.());
      }
      if (added.text) safely(() => handlers.onText?.(added.text));
    },
  };
}
