/** What a model can do, told by its name. Prices are not here: they come from a kept list (prices.ts). */
import type { Model } from "./model.ts";
import { bareModelName } from "./modelName.ts";

export interface ModelCapabilities {
  /** Tokens that fit into one request, prompt and reply together. */
  readonly contextTokens: number;
  /**
   * `automatic`: any shared prefix is found again. `explicit`: only up to marked breakpoints, and writing costs a fee.
   * `unknown`: whatever the server does by itself.
   */
  readonly cachingKind: "automatic" | "explicit" | "unknown";
  /** Prefixes shorter than that are not cached. */
  readonly minimumCacheTokens: number;
  /** The field that bounds the reply: servers ignore the one that they do not know, and then nothing bounds it. */
  readonly outputLimitField: "max_completion_tokens" | "max_tokens";
  /**
   * How long a model thinks before it writes: billed as output, and counted against its bound. A review needs little
   * of it. null: the model does not take the parameter.
   */
  readonly reasoningEffort: "low" | null;
}

/** First match counts. */
const CONTEXT_TOKENS: readonly (readonly [RegExp, number])[] = [
  [/^gpt-(5\.[4-9]|[6-9])-?(mini|nano)/, 400_000],
  [/^gpt-(5\.[4-9]|[6-9])/, 1_050_000],
  [/^gpt-5(\.\d)?-chat/, 128_000],
  [/^gpt-5/, 400_000],
  [/^gpt-4\.1/, 1_047_576],
  [/^(gpt-4o|chatgpt-4o|gpt-4-turbo|o1-mini|o1-preview)/, 128_000],
  [/^gpt-4-32k/, 32_768],
  [/^gpt-4/, 8_192],
  [/^gpt-3\.5/, 16_385],
  [/^gpt-oss/, 131_072],
  [/^o[1-9]/, 200_000],
  [/^claude-(opus-4-[6-9]|sonnet-4-[6-9]|(opus|sonnet|fable|mythos)-[5-9])/, 1_000_000],
  [/^claude/, 200_000],
  [/^gemini/, 1_048_576],
  [/^(deepseek|qwen|mistral|codestral|devstral|llama|glm|kimi|grok)/, 128_000],
];

/** First match counts; below, a mark is silently without effect. */
const ANTHROPIC_MINIMUM_CACHE_TOKENS: readonly (readonly [RegExp, number])[] = [
  [/^claude-(haiku-4|opus-4-[5-7])/, 4_096],
  [/^claude-3.*haiku/, 2_048],
  [/^claude-(2|3|opus-4|sonnet-4)/, 1_024],
  [/^/, 512],
];
const MINIMUM_CACHE_TOKENS = 1_024;

/** A server that nobody knows holds at least so much; a longer prompt is refused by itself and then split. */
const UNKNOWN_CONTEXT_TOKENS = 32_768;

/** @param provider through whose protocol it is asked: a gateway may offer less than the vendor */
export function capabilitiesOf(model: string, provider: Model["provider"] = "openai"): ModelCapabilities {
  const name = bareModelName(model).replace(/^ft:/, "");
  const isAnthropic = provider === "anthropic";
  const isOpenAi = !isAnthropic && /^(gpt-[3-9]|chatgpt|o[1-9])/.test(name);
  return {
    contextTokens: CONTEXT_TOKENS.find(([pattern]) => pattern.test(name))?.[1] ?? UNKNOWN_CONTEXT_TOKENS,
    cachingKind: isAnthropic ? "explicit" : cachingKindOf(name, isOpenAi),
    minimumCacheTokens: isAnthropic ? minimumOfAnthropic(name) : MINIMUM_CACHE_TOKENS,
    outputLimitField: isOpenAi ? "max_completion_tokens" : "max_tokens",
    reasoningEffort: (isOpenAi && reasons(name)) || (isAnthropic && takesEffort(name)) ? "low" : null,
  };
}

function cachingKindOf(name: string, isOpenAi: boolean): ModelCapabilities["cachingKind"] {
  if (!isOpenAi) return "unknown";
  return marksBreakpoints(name) ? "explicit" : "automatic";
}

function minimumOfAnthropic(name: string): number {
  return ANTHROPIC_MINIMUM_CACHE_TOKENS.find(([pattern]) => pattern.test(name))?.[1] ?? MINIMUM_CACHE_TOKENS;
}

/** Anthropic's models that decide by themselves how long to think. */
function takesEffort(name: string): boolean {
  return /^claude-(opus-4-[5-9]|sonnet-4-[6-9]|(opus|sonnet|haiku|fable|mythos)-[5-9])/.test(name);
}

function reasons(name: string): boolean {
  return /^(gpt-([5-9]|\d\d)|o[1-9])/.test(name) && !/chat|pro\b|o1-(mini|preview)/.test(name);
}

/** From gpt-5.6 on a prefix is found again at breakpoints alone. */
function marksBreakpoints(name: string): boolean {
  const version = /^gpt-(\d+)(?:\.(\d+))?/.exec(name);
  if (!version) return false;
  const [major, minor] = [Number(version[1]), Number(version[2] ?? 0)];
  return major > 5 || (major === 5 && minor >= 6);
}
