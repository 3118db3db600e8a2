/**
 * What the simulated account is charged. Prices come from the price library that clients use too, the arithmetic does
 * not: whole picodollars per token in big integers, so that sums carry no rounding.
 */
import { calcPrice } from "@pydantic/genai-prices";

/** Dollars per million tokens. */
export interface ModelPrice {
  readonly inputUsdPerMillion: number;
  readonly outputUsdPerMillion: number;
  /** Default: the input price. */
  readonly cachedInputUsdPerMillion?: number;
  /** Default for prices given by hand: 1.25 times the input price. */
  readonly cacheWriteUsdPerMillion?: number;
  /** Above so many input tokens the whole request is charged by these prices. */
  readonly longPrompt?: { readonly aboveInputTokens: number; readonly price: ModelPrice };
}

/** Tokens of one request. `inputTokens` includes the cached and the written ones. */
export interface BilledUsage {
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly cacheWriteTokens: number;
  readonly outputTokens: number;
}

type LibraryPrice = NonNullable<ReturnType<typeof calcPrice>>["model_price"][string];

/** The library's price of an OpenAI or Anthropic model by today's list; undefined when it knows none. */
export function knownPrice(model: string): ModelPrice | undefined {
  const providerId = model.startsWith("claude") ? "anthropic" : "openai";
  const price = calcPrice({ input_tokens: 1 }, model, { providerId })?.model_price;
  if (price?.["input_mtok"] === undefined) return undefined;
  const above = longPromptBorder(Object.values(price));
  const base = priceAt(price, 0);
  return above === undefined
    ? base
    : { ...base, longPrompt: { aboveInputTokens: above, price: priceAt(price, above + 1) } };
}

function longPromptBorder(prices: readonly LibraryPrice[]): number | undefined {
  for (const price of prices) if (typeof price === "object") return price.tiers[0]?.start;
  return undefined;
}

function priceAt(prices: Record<string, LibraryPrice>, inputTokens: number): ModelPrice {
  const of = (name: string): number | undefined => {
    const price = prices[name];
    if (typeof price !== "object") return price;
    return price.tiers.findLast((tier) => inputTokens > tier.start)?.price ?? price.base;
  };
  const inputUsdPerMillion = of("input_mtok") ?? 0;
  return {
    inputUsdPerMillion,
    outputUsdPerMillion: of("output_mtok") ?? 0,
    cachedInputUsdPerMillion: of("cache_read_mtok") ?? inputUsdPerMillion,
    // A listed model without a price for writes takes no fee for them.
    cacheWriteUsdPerMillion: of("cache_write_mtok") ?? inputUsdPerMillion,
  };
}

/** Flex and batch requests cost half. */
function tierDivisor(serviceTier: string): bigint {
  return serviceTier === "flex" || serviceTier === "batch" ? 2n : 1n;
}

/** Picodollars (10^-12 dollars). Prices with up to six decimals per million tokens are exact. */
export function costPicoUsd(usage: BilledUsage, listed: ModelPrice, serviceTier = "default"): bigint {
  const long = listed.longPrompt;
  const price = long && usage.inputTokens > long.aboveInputTokens ? long.price : listed;
  const plainTokens = usage.inputTokens - usage.cachedInputTokens - usage.cacheWriteTokens;
  const total =
    BigInt(plainTokens) * perToken(price.inputUsdPerMillion) +
    BigInt(usage.cachedInputTokens) * perToken(price.cachedInputUsdPerMillion ?? price.inputUsdPerMillion) +
    BigInt(usage.cacheWriteTokens) * perToken(price.cacheWriteUsdPerMillion ?? price.inputUsdPerMillion * 1.25) +
    BigInt(usage.outputTokens) * perToken(price.outputUsdPerMillion);
  return total / tierDivisor(serviceTier);
}

export function picoToUsd(pico: bigint): number {
  return Number(pico) / 1e12;
}

function perToken(usdPerMillion: number): bigint {
  return BigInt(Math.round(usdPerMillion * 1e6));
}
