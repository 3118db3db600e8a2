/** Quotes and bounds of a price book as for another service tier; what a reply names itself is billed by that. */
import { fromNano, toNano } from "../profile/costMeter.ts";
import type { PriceBook } from "./prices.ts";

/** What flex and batches cost of the usual price. */
const HALF = 0.5;

/**
 * @param tier what is not said otherwise is priced by it
 * @param isBound true: also the most that a request can cost; false: it may be carried out at the usual price
 */
export function tieredPrices(prices: PriceBook, tier: "flex" | "batch", isBound: boolean): PriceBook {
  return {
    price: (model, provider) => prices.price(model, provider),
    costOf: (bill) => prices.costOf({ ...bill, serviceTier: bill.serviceTier ?? tier }),
    listPriceOf: (bill) => prices.listPriceOf({ ...bill, serviceTier: bill.serviceTier ?? tier }),
    upperBound(request) {
      const usd = prices.upperBound(request);
      return usd === null || !isBound ? usd : fromNano(Math.ceil(toNano(usd) * HALF));
    },
  };
}
