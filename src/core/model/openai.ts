/** Speaks Chat Completions: OpenAI and every server that is compatible with it. */
import type { Clock, Logger } from "../ports.ts";
import { createChatReply, type ChatReply } from "./chatReply.ts";
import { createConnectWatch } from "./connectWatch.ts";
import { parseEndpoint, type Endpoint } from "./endpoint.ts";
import { readServerError } from "./errorBody.ts";
import { createGuardedFetch, type GuardedFetch } from "./guardedFetch.ts";
import type { Model, ModelReply, ModelRequest, StreamHandlers } from "./model.ts";
import { capabilitiesOf } from "./modelCapabilities.ts";
import { ModelError, type ModelFailure } from "./modelError.ts";
import { buildChatBody, firstDialect, withoutRefused, type ChatBody } from "./openaiRequest.ts";
import { streamedFailure, type AnswerContext } from "./statusError.ts";
import { createWatchdog } from "../flow/watchdog.ts";

export interface ModelLimits {
  /** Longest silence, before the headers and between any two pieces of the reply. */
  readonly idleMs: number;
  readonly totalMs: number;
  /** For the connection alone: a model may think for long before its headers come. */
  readonly connectMs: number;
  /** As received, with the protocol around the text. */
  readonly maxReplyBytes: number;
}

const DEFAULT_LIMITS: ModelLimits = {
  idleMs: 60_000,
  totalMs: 600_000,
  connectMs: 10_000,
  maxReplyBytes: 16 * 1024 * 1024,
};
/** After the finish reason only the usage is outstanding. */
const USAGE_WAIT_MS = 10_000;
const MAX_TIMER_MS = 2 ** 31 - 1;

export interface OpenAiModelOptions {
  readonly name: string;
  /** null: OpenAI's own. */
  readonly baseUrl: string | null;
  /** `none` where the server wants no key. */
  readonly apiKey: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits?: Partial<ModelLimits>;
}

type Expiry = "connect" | "idle" | "total";

/** @throws wrong-endpoint when the base URL is none */
export async function createOpenAiModel(options: OpenAiModelOptions): Promise<Model> {
  const { name, apiKey, clock, logger } = options;
  const endpoint = parseEndpoint(options.baseUrl);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const capabilities = capabilitiesOf(name);
  const { OpenAI, APIError } = await import("openai");
  const connectWatch = createConnectWatch(endpoint.origin, limits.connectMs, clock);
  const underWay = new Set<AbortController>();
  let dialect = firstDialect(capabilities, endpoint);
  let requests = 0;

  /** Holds no connection: those belong to fetch. One for each request, because its fetch knows that request. */
  const clientFor = (guarded: GuardedFetch) =>
    new OpenAI({
      apiKey,
      baseURL: endpoint.baseUrl,
      fetch: guarded.fetch,
      maxRetries: 0,
      // The watchdogs below decide; the SDK's own timer must not be earlier.
      timeout: Math.min(limits.totalMs * 2, MAX_TIMER_MS),
      // Nothing comes from the environment: these would go to whatever server is set.
      organization: null,
      project: null,
      adminAPIKey: null,
      webhookSecret: null,
      logLevel: "off",
    });

  const explain = (outcome: Outcome): ModelFailure => {
    const { guarded, error, expired, signal, context } = outcome;
    if (expired) return expiredFailure(expired, endpoint, limits);
    if (signal.aborted) return { code: "cancelled", kind: "cancelled", message: "The request was cancelled." };
    if (guarded.failure) return guarded.failure;
    if (!guarded.accepted)
      return {
        code: "internal",
        kind: "request",
        message: `The request could not be made: ${describe(error)}.`,
        cause: error,
      };
    if (error instanceof APIError && error.error)
      return streamedFailure(readServerError({ error: error.error }), context);
    const how =
      error instanceof SyntaxError
        ? "sent something unreadable"
        : error
          ? "broke off in the middle"
          : "ended without a finish reason";
    return {
      code: "stream-interrupted",
      kind: "transient",
      message: `The reply of ${endpoint.host} ${how}.`,
      cause: error,
    };
  };

  const sendOnce = async (body: ChatBody, handlers: StreamHandlers, signal: AbortSignal) => {
    const context: AnswerContext = { endpoint, model: name, apiKey, isFirstRequest: requests++ === 0 };
    const reply = createChatReply();
    const abort = new AbortController();
    const notify = createNotifier(handlers, logger);
    const tailEnded = new AbortController();
    let error: unknown;
    let wasConnected = true;
    const onAbort = () => abort.abort();
    signal.addEventListener("abort", onAbort, { once: true });
    underWay.add(abort);
    const watchdog = createWatchdog({ clock, idleMs: limits.idleMs, totalMs: limits.totalMs, signal: abort.signal });
    const endConnectWatch = connectWatch.begin(() => {
      wasConnected = false;
      abort.abort();
    });
    const guarded = createGuardedFetch({
      fetch: options.fetch,
      clock,
      context,
      maxReplyBytes: limits.maxReplyBytes,
      onAccepted: notify.accepted,
      onActivity() {
        endConnectWatch();
        watchdog.touch();
      },
    });
    try {
      const stream = await clientFor(guarded).chat.completions.create(body, { signal: watchdog.signal });
      for await (const chunk of stream) {
        const added = reply.add(chunk);
        notify.text(added);
        const isLast = Boolean(chunk.choices?.[0]?.finish_reason);
        if (isLast)
          clock.sleep(USAGE_WAIT_MS, tailEnded.signal).then(
            () => abort.abort(),
            () => undefined,
          );
      }
    } catch (thrown) {
      error = thrown;
    } finally {
      endConnectWatch();
      watchdog.stop();
      tailEnded.abort();
      underWay.delete(abort);
      signal.removeEventListener("abort", onAbort);
    }
    if (reply.finish !== null && reply.finish !== "broken") return { reply: finished(reply, name, guarded), guarded };
    const expired: Expiry | null = wasConnected ? (watchdog.expired ?? null) : "connect";
    const failure = explain({ guarded, error, expired, signal, context });
    const mayBeBilled =
      failure.billed === "maybe" || guarded.accepted || (wasConnected && (expired !== null || signal.aborted));
    const modelError = new ModelError({
      ...failure,
      limits: guarded.limits,
      partialText: reply.text,
      usage: reply.usage,
      billed: mayBeBilled && !guarded.rejection ? "maybe" : "no",
    });
    return { error: modelError, guarded };
  };

  return {
    provider: "openai",
    name,
    origin: endpoint.origin,
    contextTokens: capabilities.contextTokens,
    async stream(request: ModelRequest, handlers: StreamHandlers, signal: AbortSignal): Promise<ModelReply> {
      for (;;) {
        if (signal.aborted)
          throw new ModelError({ code: "cancelled", kind: "cancelled", message: "The request was cancelled." });
        const spoken = dialect;
        const body = buildChatBody(name, request, spoken);
        const { reply, error, guarded } = await sendOnce(body, handlers, signal);
        if (reply) return reply;
        // Refused before anything was billed: what the server does not know is left out from now on.
        const next =
          guarded.rejection && withoutRefused(spoken, body, guarded.rejection.status, guarded.rejection.error);
        if (!next) throw error;
        // Another request may have learned something else meanwhile: only what this one learned is changed.
        dialect = { ...dialect, ...changed(spoken, next) };
        logger.info(
          `${endpoint.host} does not take ${Object.keys(changed(spoken, next)).join(", ")} as OpenAI does: left out from now on.`,
        );
      }
    },
    async close() {
      for (const abort of underWay) abort.abort();
      connectWatch.dispose();
    },
  };
}

interface Outcome {
  readonly guarded: GuardedFetch;
  readonly error: unknown;
  readonly expired: Expiry | null;
  readonly signal: AbortSignal;
  readonly context: AnswerContext;
}

function finished(reply: ChatReply, name: string, guarded: GuardedFetch): ModelReply {
  return {
    text: reply.text,
    finish: reply.finish === "broken" || reply.finish === null ? "stop" : reply.finish,
    usage: reply.usage,
    model: reply.model ?? name,
    serviceTier: reply.serviceTier,
    providerRequestId: guarded.requestId,
  };
}

/** A listener that throws is a defect, but no reason to lose a reply that is being paid for. */
function createNotifier(handlers: StreamHandlers, logger: Logger) {
  let hasToken = false;
  const safely = (call: () => void) => {
    try {
      call();
    } catch (error) {
      logger.error(`A listener to a reply failed: ${describe(error)}`);
    }
  };
  return {
    accepted: (limits: Parameters<NonNullable<StreamHandlers["onAccepted"]>>[0]) =>
      safely(() => handlers.onAccepted?.(limits)),
    text(added: { readonly text: string; readonly hasToken: boolean }) {
      if (added.hasToken && !hasToken) {
        hasToken = true;
        safely(() => handlers.onFirstToken?.());
      }
      if (added.text) safely(() => handlers.onText?.(added.text));
    },
  };
}

function expiredFailure(expired: Expiry, endpoint: Endpoint, limits: ModelLimits): ModelFailure {
  const seconds = (ms: number) => `${Math.round(ms / 1000)} s`;
  if (expired === "connect") {
    const message = `${endpoint.host} cannot be reached: no connection within ${seconds(limits.connectMs)}.`;
    return {
      code: "unreachable",
      kind: "transient",
      message,
      advice: "Check the network connection and the base URL.",
    };
  }
  const message =
    expired === "idle"
      ? `${endpoint.host} fell silent: nothing came for ${seconds(limits.idleMs)}.`
      : `The reply of ${endpoint.host} was not complete within ${seconds(limits.totalMs)}.`;
  return { code: "timeout", kind: "transient", message };
}

function changed<Shape extends object>(before: Shape, after: Shape): Partial<Shape> {
  const entries = Object.entries(after).filter(([key, value]) => before[key as keyof Shape] !== value);
  return Object.fromEntries(entries) as Partial<Shape>;
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
