/** Anthropic's Messages: named events, and usage in disjoint parts. */
import type { ApiError } from "./apiError.ts";
import type { FinishReason } from "./options.ts";
import type { ToldUsage, WireFormat } from "./wireFormat.ts";

const STOP_REASONS: Readonly<Record<FinishReason, string>> = {
  stop: "end_turn",
  length: "max_tokens",
  content_filter: "refusal",
};

const ERROR_TYPES: Readonly<Record<number, string>> = {
  400: "invalid_request_error",
  401: "authentication_error",
  402: "billing_error",
  403: "permission_error",
  404: "not_found_error",
  413: "request_too_large",
  429: "rate_limit_error",
  529: "overloaded_error",
};

const named = (data: { readonly type: string; readonly [field: string]: unknown }) =>
  `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;

function inputUsage(usage: ToldUsage | null): object {
  if (!usage) return {};
  const { inputTokens, cachedInputTokens, cacheWriteTokens, withDetails } = usage;
  const parts = { cache_read_input_tokens: cachedInputTokens, cache_creation_input_tokens: cacheWriteTokens };
  return { input_tokens: inputTokens - cachedInputTokens - cacheWriteTokens, ...(withDetails ? parts : {}) };
}

function errorJson({ status, message, code, type }: ApiError): { readonly type: string; readonly error: object } {
  const isQuota = type === "insufficient_quota";
  const said = isQuota ? "Your credit balance is too low to access the Anthropic API." : message;
  const own = isQuota ? "invalid_request_error" : (ERROR_TYPES[status] ?? "api_error");
  const worded = code === "context_length_exceeded" ? "prompt is too long: more tokens than the maximum" : said;
  return { type: "error", error: { type: own, message: worded } };
}

const messageOf = (id: string, model: string) => ({ id: `msg_${id}`, type: "message", role: "assistant", model });

export const ANTHROPIC_FORMAT: WireFormat = {
  contentType: "text/event-stream; charset=utf-8",
  requestIdHeader: "request-id",
  start(head, _request, usage) {
    const told = usage ? { ...inputUsage(usage), output_tokens: 1, service_tier: "standard" } : undefined;
    const message = { ...messageOf(head.requestId, head.model), content: [], stop_reason: null, usage: told };
    const block = { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } };
    return named({ type: "message_start", message }) + named(block) + named({ type: "ping" });
  },
  delta: (_head, _request, text) =>
    named({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text } }),
  malformed: 'event: content_block_delta\ndata: {"type":"content_block_delta","delta":{"text":"\n\n',
  end(_head, _request, finish, isRefusal, usage) {
    const stopReason = isRefusal ? "refusal" : STOP_REASONS[finish];
    const told = usage ? { ...inputUsage(usage), output_tokens: usage.outputTokens } : undefined;
    const delta = { delta: { stop_reason: stopReason, stop_sequence: null }, usage: told };
    return [{ type: "content_block_stop", index: 0 }, { type: "message_delta", ...delta }, { type: "message_stop" }]
      .map(named)
      .join("");
  },
  tellsUsage: () => true,
  whole(head, { text, finish }, usage) {
    const told = usage ? { ...inputUsage(usage), output_tokens: usage.outputTokens } : undefined;
    const content = [{ type: "text", text }];
    return { ...messageOf(head.requestId, head.model), content, stop_reason: STOP_REASONS[finish], usage: told };
  },
  errorBody: errorJson,
  errorEvent: (error) => named(errorJson(error)),
};
