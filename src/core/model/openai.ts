/** Speaks Chat Completions: OpenAI and every server that is compatible with it. */
import type { ChatCompletionChunk } from "openai/resources/chat/completions";
import { parseEndpoint } from "../../shared/endpoint.ts";
import { createAdapter, MAX_TIMER_MS, type AdapterOptions } from "./adapter.ts";
import { DEFAULT_LIMITS } from "./chatFailure.ts";
import { createChatReply } from "./chatReply.ts";
import type { GuardedFetch } from "./guardedFetch.ts";
import type { Model } from "./model.ts";
import { capabilitiesOf } from "./modelCapabilities.ts";
import { buildChatBody, firstDialect, withoutRefused, type Dialect } from "./openaiRequest.ts";
import { OPENAI_WIRE } from "./wireProtocol.ts";

/** The provider's own library: some hundred kilobytes that only a run with a model needs. */
export const loadLibrary = () => import("openai");

/** Flex answers when there is room: its first token may take a quarter of an hour. */
const FLEX_LIMITS = { idleMs: 900_000, totalMs: 1_800_000 };

/** @throws wrong-endpoint when the base URL is none */
export async function createOpenAiModel(options: AdapterOptions): Promise<Model> {
  const { name, apiKey } = options;
  const endpoint = parseEndpoint(options.baseUrl);
  const limits = { ...DEFAULT_LIMITS, ...(options.serviceTier && FLEX_LIMITS), ...options.limits };
  const capabilities = capabilitiesOf(name);
  const { OpenAI } = await loadLibrary();

  const clientFor = (guarded: GuardedFetch) =>
    new OpenAI({
      apiKey,
      baseURL: endpoint.baseUrl,
      fetch: guarded.fetch,
      maxRetries: 0,
      timeout: Math.min(limits.totalMs * 2, MAX_TIMER_MS),
      // Nothing comes from the environment: it would go to whatever server is set.
      organization: null,
      project: null,
      adminAPIKey: null,
      webhookSecret: null,
      logLevel: "off",
    });

  return createAdapter<Dialect, ChatCompletionChunk>({
    provider: "openai",
    options,
    endpoint,
    wire: OPENAI_WIRE,
    limits,
    contextTokens: capabilities.contextTokens,
    dialect: firstDialect(capabilities, endpoint, options.serviceTier),
    speak(request, dialect) {
      const body = buildChatBody(name, request, dialect);
      return {
        reply: createChatReply(),
        open: (guarded, signal) => clientFor(guarded).chat.completions.create(body, { signal }),
        withoutRefused: ({ status, error }) => withoutRefused(dialect, body, status, error),
      };
    },
  });
}
