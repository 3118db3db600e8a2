/** What tokens cost: the price library's list, with the user's own prices before it. */
import type { ModelPrice } from "@pydantic/genai-prices";
import type { RequestUsage } from "../../shared/events.ts";
import type { PriceOverride } from "../../shared/settings.ts";
import { fromNano } from "../profile/costMeter.ts";
import { bareModelName, vendorPrefix } from "./modelName.ts";
import { createTariff, type BilledTokens, type ListPrice, type Tariff } from "./tariff.ts";

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

/** By the tier that the reply names. A dearer or prepaid one (priority, scale) has no known price. */
const TIER_FACTORS: Readonly<Record<string, number>> = {
  default: 1,
  auto: 1,
  standard: 1,
  on_demand: 1,
  flex: 0.5,
  batch: 0.5,
};

/**
 * @param at prices change with time; one moment holds for a whole run
 * @param isListed false: only the overrides count, as on a server whose models others sell under the same names
 */
export async function createPriceBook(
  overrides: Readonly<Record<string, PriceOverride>>,
  at: Date = new Date(),
  isListed = true,
): Promise<PriceBook> {
  const { calcPrice } = await import("@pydantic/genai-prices");
  const known = new Map<string, Tariff | null>();

  const findListed = (model: string): Tariff | null => {
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
      if (found) return createTariff(found.model_price);
    }
    return null;
  };

  const findOverride = (model: string): PriceOverride | undefined =>
    overrides[model] ??
    overrides[bareModelName(model)] ??
    overrides[bareModelName(model).replace(/-\d{4}-\d{2}-\d{2}$/, "")];

  const find = (model: string): Tariff | null => {
    const cached = known.get(model);
    if (cached !== undefined) return cached;
    const override = findOverride(model);
    const tariff = override ? createTariff(overridePrices(override)) : isListed ? findListed(model) : null;
    known.set(model, tariff);
    return tariff;
  };

  return {
    price: (model) => find(model)?.list ?? null,
    costOf({ model, usage, serviceTier }) {
      const tariff = find(model);
      const tokens = tariff && usage && billedTokens(usage, tariff.list);
      return tokens ? inTier(tariff.nano(tokens), serviceTier) : null;
    },
    listPriceOf({ model, usage, serviceTier }) {
      const tariff = find(model);
      if (!tariff || !usage || usage.inputTokens === null || usage.outputTokens === null) return null;
      const tokens = { input: usage.inputTokens, cached: 0, written: 0, output: usage.outputTokens };
      return inTier(tariff.nano(tokens), serviceTier ?? null);
    },
    upperBound({ model, inputTokens, maxOutputTokens }) {
      const tariff = find(model);
      if (!tariff) return null;
      const input = Math.ceil(inputTokens);
      const output = Math.ceil(maxOutputTokens);
      const plain = tariff.nano({ input, cached: 0, written: 0, output });
      // Written to the provider's cache, the whole prompt can cost more than its list price.
      const written = tariff.nano({ input, cached: 0, written: input, output });
      return plain === null || written === null ? null : fromNano(Math.max(plain, written));
    },
  };
}

/** null: a count that this price depends on is missing. What has no price of its own need not be known. */
function billedTokens(usage: RequestUsage, list: ListPrice): BilledTokens | null {
  const { inputTokens, outputTokens, cachedInputTokens, cacheWriteTokens } = usage;
  if (inputTokens === null || outputTokens === null) return null;
  if (cachedInputTokens === null && list.cachedInputUsdPerMillion !== null) return null;
  if (cacheWriteTokens === null && list.cacheWriteUsdPerMillion !== null) return null;
  return { input: inputTokens, cached: cachedInputTokens ?? 0, written: cacheWriteTokens ?? 0, output: outputTokens };
}

function inTier(nano: number | null, serviceTier: string | null): number | null {
  const factor = serviceTier === null ? 1 : TIER_FACTORS[serviceTier];
  return nano === null || factor === undefined ? null : fromNano(Math.round(nano * factor));
}

function overridePrices(override: PriceOverride): ModelPrice {
  const { inputUsdPerMillion, outputUsdPerMillion, cachedInputUsdPerMillion } = override;
  return {
    input_mtok: inputUsdPerMillion,
    output_mtok: outputUsdPerMillion,
    ...(cachedInputUsdPerMillion === undefined ? {} : { cache_read_mtok: cachedInputUsdPerMillion }),
  };
}
