/** What a provider says it used, in the shapes that OpenAI-compatible servers have. Missing means unknown, never 0. */
import type { RequestUsage } from "../../shared/events.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * OpenAI, OpenRouter and llama.cpp: cached and written tokens in `prompt_tokens_details`; DeepSeek: cached tokens in
 * `prompt_cache_hit_tokens`. All of them are parts of `prompt_tokens`.
 *
 * @returns null when there is no usage at all
 */
export function readUsage(raw: unknown): RequestUsage | null {
  if (!isFields(raw)) return null;
  const details = isFields(raw["prompt_tokens_details"]) ? raw["prompt_tokens_details"] : {};
  const usage: RequestUsage = {
    inputTokens: count(raw["prompt_tokens"]),
    cachedInputTokens: count(details["cached_tokens"]) ?? count(raw["prompt_cache_hit_tokens"]),
    cacheWriteTokens: count(details["cache_write_tokens"]),
    outputTokens: count(raw["completion_tokens"]),
  };
  return usage.inputTokens === null && usage.outputTokens === null ? null : usage;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

function count(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
