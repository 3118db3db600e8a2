/** Speaks Anthropic's Messages. */
import type { RawMessageStreamEvent } from "@anthropic-ai/sdk/resources/messages";
import { parseEndpoint } from "../../shared/endpoint.ts";
import { createAdapter, MAX_TIMER_MS, type AdapterOptions } from "./adapter.ts";
import {
  buildMessagesBody,
  firstMessagesDialect,
  withoutRefusedConfig,
  type MessagesDialect,
} from "./anthropicRequest.ts";
import { DEFAULT_LIMITS } from "./chatFailure.ts";
import type { GuardedFetch } from "./guardedFetch.ts";
import { createMessagesReply } from "./messagesReply.ts";
import type { Model } from "./model.ts";
import { capabilitiesOf } from "./modelCapabilities.ts";
import { ANTHROPIC_WIRE } from "./wireProtocol.ts";

/** The provider's own library, loaded for a run alone. */
export const loadAnthropicLibrary = () => import("@anthropic-ai/sdk");

/** @throws wrong-endpoint when the base URL is none */
export async function createAnthropicModel(options: AdapterOptions): Promise<Model> {
  const { name, apiKey } = options;
  const endpoint = parseEndpoint(options.baseUrl, "anthropic");
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const capabilities = capabilitiesOf(name, "anthropic");
  const { Anthropic } = await loadAnthropicLibrary();

  const clientFor = (guarded: GuardedFetch) =>
    new Anthropic({
      // A credential that is handed in keeps the environment's unread: it would go to whatever server is set.
      apiKey,
      baseURL: endpoint.baseUrl,
      fetch: guarded.fetch,
      maxRetries: 0,
      timeout: Math.min(limits.totalMs * 2, MAX_TIMER_MS),
      webhookKey: null,
      openTelemetry: false,
      logLevel: "off",
    });

  return createAdapter<MessagesDialect, RawMessageStreamEvent>({
    provider: "anthropic",
    options,
    endpoint,
    wire: ANTHROPIC_WIRE,
    limits,
    contextTokens: capabilities.contextTokens,
    dialect: firstMessagesDialect(capabilities),
    speak(request, dialect) {
      const body = buildMessagesBody(name, request, dialect, capabilities.minimumCacheTokens);
      return {
        reply: createMessagesReply(),
        open: (guarded, signal) => clientFor(guarded).messages.create(body, { signal }),
        withoutRefused: ({ status, error }) => withoutRefusedConfig(dialect, body, status, error),
      };
    },
  });
}
