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

/**
 * Anthropic's counts are disjoint: the prompt is what was read anew, from the cache and into the cache together.
 *
 * @returns null when there is no usage at all
 */
export function readMessagesUsage(raw: Fields): RequestUsage | null {
  const plain = count(raw["input_tokens"]);
  const cached = count(raw["cache_read_input_tokens"]);
  const written = count(raw["cache_creation_input_tokens"]);
  const outputTokens = count(raw["output_tokens"]);
  if (plain === null && outputTokens === null) return null;
  // Compatible servers may leave out what they have no cache for: the rest is then the whole prompt.
  const inputTokens = plain === null ? null : plain + (cached ?? 0) + (written ?? 0);
  return { inputTokens, cachedInputTokens: cached, cacheWriteTokens: written, outputTokens };
}

/** Ollama reads prefixes from its cache as well, but does not say how much. */
export function readOllamaUsage(raw: object): RequestUsage | null {
  const fields = raw as Fields;
  const inputTokens = count(fields["prompt_eval_count"]);
  const outputTokens = count(fields["eval_count"]);
  if (inputTokens === null && outputTokens === null) return null;
  return { inputTokens, cachedInputTokens: null, cacheWriteTokens: null, outputTokens };
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

function count(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
