/**
 * One model's prices at one moment, and sums by them. Whole pico-dollars inside (the dearest model's longest request is
 * far below 2^53 of them), so that nothing is rounded but the result, to whole nano-dollars. A plan sums up thousands of
 * requests at once: this takes a microsecond each, the library's own calculation fifty.
 */
import type { ModelPrice } from "@pydantic/genai-prices";

/** Below the first tier, where a model has tiers. */
export interface ListPrice {
  readonly inputUsdPerMillion: number;
  readonly outputUsdPerMillion: number;
  /** null: cached tokens cost as much as others. */
  readonly cachedInputUsdPerMillion: number | null;
  /** null: writing to the provider's cache costs nothing extra. */
  readonly cacheWriteUsdPerMillion: number | null;
}

/** `cached` and `written` are parts of `input`. */
export interface BilledTokens {
  readonly input: number;
  readonly cached: number;
  readonly written: number;
  readonly output: number;
}

export interface Tariff {
  readonly list: ListPrice;
  /** Nano-dollars; null: the parts are larger than their whole. */
  nano(tokens: BilledTokens): number | null;
}

type Rate = ModelPrice[string];

const PICO_PER_TOKEN = 1e6;
const PICO_PER_NANO = 1e3;

/** @returns null when input or output have no price */
export function createTariff(prices: ModelPrice): Tariff | null {
  const input = prices["input_mtok"];
  const output = prices["output_mtok"];
  if (input === undefined || output === undefined) return null;
  const cached = prices["cache_read_mtok"];
  const written = prices["cache_write_mtok"];
  // Some gateways charge for each request besides.
  const perRequestPico = Math.round((baseOf(prices["requests_kcount"]) ?? 0) * 1e9);
  return {
    list: {
      inputUsdPerMillion: baseOf(input) ?? 0,
      outputUsdPerMillion: baseOf(output) ?? 0,
      cachedInputUsdPerMillion: baseOf(cached),
      cacheWriteUsdPerMillion: baseOf(written),
    },
    nano(tokens) {
      const plain = tokens.input - tokens.cached - tokens.written;
      if (plain < 0) return null;
      const sum = (count: number, rate: Rate) => count * picoPerToken(rate, tokens.input);
      const pico =
        sum(plain, input) +
        sum(tokens.cached, cached ?? input) +
        sum(tokens.written, written ?? input) +
        sum(tokens.output, output);
      return Math.round((pico + perRequestPico) / PICO_PER_NANO);
    },
  };
}

/** A prompt beyond a tier's start is billed by that tier as a whole. */
function picoPerToken(rate: Rate, inputTokens: number): number {
  if (typeof rate === "number" || rate === undefined) return Math.round((rate ?? 0) * PICO_PER_TOKEN);
  const tier = rate.tiers.findLast(({ start }) => inputTokens > start);
  return Math.round((tier?.price ?? rate.base) * PICO_PER_TOKEN);
}

function baseOf(rate: Rate): number | null {
  if (rate === undefined) return null;
  return typeof rate === "number" ? rate : rate.base;
}
