/** Speaks Chat Completions: OpenAI and every server that is compatible with it. */
import type { Clock, Logger } from "../ports.ts";
import { exchangeChat } from "./chatExchange.ts";
import { CANCELLED, type ModelLimits } from "./chatFailure.ts";
import { createConnectWatch } from "./connectWatch.ts";
import { parseEndpoint } from "../../shared/endpoint.ts";
import type { GuardedFetch } from "./guardedFetch.ts";
import type { Model } from "./model.ts";
import { capabilitiesOf } from "./modelCapabilities.ts";
import { ModelError } from "./modelError.ts";
import { buildChatBody, firstDialect, withoutRefused, type Dialect } from "./openaiRequest.ts";

const DEFAULT_LIMITS: ModelLimits = {
  idleMs: 60_000,
  totalMs: 600_000,
  connectMs: 10_000,
  maxReplyBytes: 16 * 1024 * 1024,
};
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

/** The provider's own library: some hundred kilobytes that only a run with a model needs. */
export const loadLibrary = () => import("openai");

/** @throws wrong-endpoint when the base URL is none */
export async function createOpenAiModel(options: OpenAiModelOptions): Promise<Model> {
  const { name, apiKey, fetch, clock, logger } = options;
  const endpoint = parseEndpoint(options.baseUrl);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const capabilities = capabilitiesOf(name);
  const { OpenAI } = await loadLibrary();
  const connectWatch = createConnectWatch(endpoint.origin, limits.connectMs, clock);
  const closed = new AbortController();
  let dialect = firstDialect(capabilities, endpoint);
  let requests = 0;

  const clientFor = (guarded: GuardedFetch) =>
    new OpenAI({
      apiKey,
      baseURL: endpoint.baseUrl,
      fetch: guarded.fetch,
      maxRetries: 0,
      // The watchdogs decide; the SDK's own timer must not be earlier.
      timeout: Math.min(limits.totalMs * 2, MAX_TIMER_MS),
      // Nothing comes from the environment: it would go to whatever server is set.
      organization: null,
      project: null,
      adminAPIKey: null,
      webhookSecret: null,
      logLevel: "off",
    });

  /** Another request may have learned something else meanwhile: only what this one learned is changed. */
  const learn = (spoken: Dialect, next: Dialect) => {
    const learned = difference(spoken, next);
    Object.assign((dialect = { ...dialect }), learned);
    logger.info(`${endpoint.host} does not take all that OpenAI does: from now on ${JSON.stringify(learned)}.`);
  };

  return {
    provider: "openai",
    name,
    origin: endpoint.origin,
    contextTokens: capabilities.contextTokens,
    async stream(request, handlers, outerSignal) {
      const signal = AbortSignal.any([outerSignal, closed.signal]);
      for (;;) {
        if (signal.aborted) throw new ModelError(CANCELLED);
        const spoken = dialect;
        const body = buildChatBody(name, request, spoken);
        const context = { endpoint, model: name, apiKey, isFirstRequest: requests++ === 0 };
        const exchange = { body, context, limits, handlers, signal, fetch, clock, logger, connectWatch, clientFor };
        const result = await exchangeChat(exchange);
        if ("reply" in result) return result.reply;
        // Refused before anything was billed: what the server does not know is left out from now on.
        const { error, rejection } = result;
        const next = rejection && withoutRefused(spoken, body, rejection.status, rejection.error);
        if (!next) throw error;
        learn(spoken, next);
      }
    },
    async close() {
      closed.abort();
      connectWatch.dispose();
    },
  };
}

function difference<Shape extends object>(before: Shape, after: Shape): Partial<Shape> {
  const entries = Object.entries(after).filter(([key, value]) => before[key as keyof Shape] !== value);
  return Object.fromEntries(entries) as Partial<Shape>;
}
