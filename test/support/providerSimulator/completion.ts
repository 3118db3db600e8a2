/** The JSON shapes of a chat completion, whole and in chunks. */
import type { FinishReason } from "./options.ts";
import type { BilledUsage } from "./prices.ts";
import type { CacheKind } from "./promptCache.ts";

export interface CompletionHead {
  readonly id: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly model: string;
  readonly serviceTier: string;
}

export interface Delta {
  readonly role?: "assistant";
  readonly content?: string | null;
  readonly refusal?: string | null;
}

export function chunk(head: CompletionHead, delta: Delta, finish: FinishReason | null, withUsage: boolean): object {
  return {
    ...common(head, "chat.completion.chunk"),
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    // Asked for usage, the API writes `null` into every chunk but the last.
    ...(withUsage ? { usage: null } : {}),
  };
}

export function usageChunk(head: CompletionHead, usage: object): object {
  return { ...common(head, "chat.completion.chunk"), choices: [], usage };
}

export function completion(
  head: CompletionHead,
  message: {
    readonly content: string | null;
    readonly refusal: string | null;
    readonly tool_calls?: readonly object[];
  },
  finish: FinishReason | "tool_calls",
  usage: object | null,
): object {
  return {
    ...common(head, "chat.completion"),
    choices: [{ index: 0, message: { role: "assistant", ...message }, logprobs: null, finish_reason: finish }],
    ...(usage ? { usage } : {}),
  };
}

export function usageJson(usage: BilledUsage, cache: CacheKind, withDetails: boolean): object {
  const totals = {
    prompt_tokens: usage.inputTokens,
    completion_tokens: usage.outputTokens,
    total_tokens: usage.inputTokens + usage.outputTokens,
  };
  if (!withDetails) return totals;
  return {
    ...totals,
    prompt_tokens_details: {
      cached_tokens: usage.cachedInputTokens,
      audio_tokens: 0,
      ...(cache === "breakpoints" ? { cache_write_tokens: usage.cacheWriteTokens } : {}),
    },
    completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
  };
}

function common(head: CompletionHead, object: string): object {
  return { id: head.id, object, created: head.created, model: head.model, service_tier: head.serviceTier };
}
