/**
 * What tokens cost: the price library's list, with the user's own prices before it. The library does the arithmetic
 * (tiers, cached and written tokens); sums are rounded to whole nano-dollars, the unit in which money is stored.
 */
import type { Provider as PriceProvider, Usage } from "@pydantic/genai-prices";
import type { RequestUsage } from "../../shared/events.ts";
import type { PriceOverride } from "../../shared/settings.ts";
import { fromNano, toNano } from "../profile/costMeter.ts";
import { bareModelName, vendorPrefix } from "./modelName.ts";

/** Below the first tier, where a model has tiers. */
export interface ListPrice {
  readonly inputUsdPerMillion: number;
  readonly outputUsdPerMillion: number;
  /** null: cached tokens cost as much as others. */
  readonly cachedInputUsdPerMillion: number | null;
  /** null: writing to the provider's cache costs nothing extra. */
  readonly cacheWriteUsdPerMillion: number | null;
}

export interface PriceBook {
  /** By name, whatever server has the model: dates and vendors' prefixes are understood. null: not known. */
  price(model: string, provider: string): ListPrice | null;
  /** Dollars, exact to the nano-dollar; null: the price, or a count that it depends on, is not known. */
  costOf(bill: {
    readonly model: string;
    readonly usage: RequestUsage | null;
    readonly serviceTier: string | null;
  }): number | null;
  /** As if nothing had been cached, in the same service tier. */
  listPriceOf(bill: {
    readonly model: string;
    readonly usage: RequestUsage | null;
    readonly serviceTier?: string | null;
  }): number | null;
  /** The most that a request can cost, rounded up; null: the price is not known. */
  upperBound(request: {
    readonly model: string;
    readonly inputTokens: number;
    readonly maxOutputTokens: number;
  }): number | null;
}

/** Cheap, capable and listed; see `listModels` for others. */
export const DEFAULT_OPENAI_MODEL = "gpt-5-mini";

/** By the tier that the reply names. A dearer or prepaid one (priority, scale) has no known price. */
const TIER_FACTORS: Readonly<Record<string, number>> = {
  default: 1,
  auto: 1,
  standard: 1,
  on_demand: 1,
  flex: 0.5,
  batch: 0.5,
};

interface Pricing {
  readonly list: ListPrice;
  /** Nano-dollars; null: the counts contradict each other. */
  nano(usage: Usage): number | null;
}

/** @param at prices change with time; one moment holds for a whole run */
export async function createPriceBook(
  overrides: Readonly<Record<string, PriceOverride>>,
  at: Date = new Date(),
): Promise<PriceBook> {
  const { calcPrice } = await import("@pydantic/genai-prices");
  const known = new Map<string, Pricing | null>();

  /** A provider of that one model: found again without a search. */
  const pricingOf = (single: PriceProvider): Pricing | null => {
    const id = single.models[0]!.id;
    const calculate = (usage: Usage) => calcPrice(usage, id, { provider: single, timestamp: at });
    const rates = calculate({ input_tokens: 0, output_tokens: 0 })?.model_price;
    const input = baseRate(rates?.["input_mtok"]);
    const output = baseRate(rates?.["output_mtok"]);
    if (input === null || output === null) return null;
    return {
      list: {
        inputUsdPerMillion: input,
        outputUsdPerMillion: output,
        cachedInputUsdPerMillion: baseRate(rates?.["cache_read_mtok"]),
        cacheWriteUsdPerMillion: baseRate(rates?.["cache_write_mtok"]),
      },
      nano(usage) {
        try {
          const result = calculate(usage);
          return result && toNano(result.total_price);
        } catch {
          // Thrown when parts are larger than their whole.
          return null;
        }
      },
    };
  };

  const findListed = (model: string): Pricing | null => {
    const bare = bareModelName(model);
    const vendor = vendorPrefix(model);
    // A gateway passes the vendor's price on; free variants and models that only a gateway has are on its own list.
    const places: (readonly [string, string | undefined])[] = model.includes(":")
      ? [
          [model, "openrouter"],
          [model, undefined],
        ]
      : [];
    if (vendor) places.push([bare, vendor]);
    places.push([bare, undefined]);
    if (vendor) places.push([model, "openrouter"]);
    for (const [name, providerId] of places) {
      const found = calcPrice({ input_tokens: 0, output_tokens: 0 }, name, {
        timestamp: at,
        ...(providerId ? { providerId } : {}),
      });
      if (found) return pricingOf(singleProvider(found.model.id, found.model.prices));
    }
    return null;
  };

  const findOverride = (model: string): PriceOverride | undefined =>
    overrides[model] ??
    overrides[bareModelName(model)] ??
    overrides[bareModelName(model).replace(/-\d{4}-\d{2}-\d{2}$/, "")];

  const find = (model: string): Pricing | null => {
    const cached = known.get(model);
    if (cached !== undefined) return cached;
    const override = findOverride(model);
    const pricing = override ? pricingOf(singleProvider("own", overridePrices(override))) : findListed(model);
    known.set(model, pricing);
    return pricing;
  };

  return {
    price: (model) => find(model)?.list ?? null,
    costOf({ model, usage, serviceTier }) {
      const pricing = find(model);
      const tokens = pricing && usage && billedTokens(usage, pricing.list);
      return tokens ? inTier(pricing.nano(tokens), serviceTier) : null;
    },
    listPriceOf({ model, usage, serviceTier }) {
      const pricing = find(model);
      if (!pricing || !usage || usage.inputTokens === null || usage.outputTokens === null) return null;
      const tokens = { input_tokens: usage.inputTokens, output_tokens: usage.outputTokens };
      return inTier(pricing.nano(tokens), serviceTier ?? null);
    },
    upperBound({ model, inputTokens, maxOutputTokens }) {
      const pricing = find(model);
      if (!pricing) return null;
      const tokens = { input_tokens: Math.ceil(inputTokens), output_tokens: Math.ceil(maxOutputTokens) };
      const plain = pricing.nano(tokens);
      // Written to the provider's cache, the whole prompt can cost more than its list price.
      const written =
        pricing.list.cacheWriteUsdPerMillion === null
          ? 0
          : pricing.nano({ ...tokens, cache_write_tokens: tokens.input_tokens });
      return plain === null || written === null ? null : fromNano(Math.max(plain, written));
    },
  };
}

/** null: a count that this price depends on is missing. What has no price of its own need not be known. */
function billedTokens(usage: RequestUsage, list: ListPrice): Usage | null {
  const { inputTokens, outputTokens, cachedInputTokens, cacheWriteTokens } = usage;
  if (inputTokens === null || outputTokens === null) return null;
  if (cachedInputTokens === null && list.cachedInputUsdPerMillion !== null) return null;
  if (cacheWriteTokens === null && list.cacheWriteUsdPerMillion !== null) return null;
  return {
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    cache_read_tokens: cachedInputTokens ?? 0,
    cache_write_tokens: cacheWriteTokens ?? 0,
  };
}

function inTier(nano: number | null, serviceTier: string | null): number | null {
  const factor = serviceTier === null ? 1 : TIER_FACTORS[serviceTier];
  return nano === null || factor === undefined ? null : fromNano(Math.round(nano * factor));
}

function singleProvider(id: string, prices: PriceProvider["models"][number]["prices"]): PriceProvider {
  return { id: "single", name: "", api_pattern: "", models: [{ id, match: { equals: id }, prices }] };
}

function overridePrices(override: PriceOverride) {
  const { inputUsdPerMillion, outputUsdPerMillion, cachedInputUsdPerMillion } = override;
  return {
    input_mtok: inputUsdPerMillion,
    output_mtok: outputUsdPerMillion,
    ...(cachedInputUsdPerMillion === undefined ? {} : { cache_read_mtok: cachedInputUsdPerMillion }),
  };
}

function baseRate(rate: unknown): number | null {
  if (typeof rate === "number") return rate;
  if (typeof rate === "object" && rate !== null && "base" in rate && typeof rate.base === "number") return rate.base;
  return null;
}
