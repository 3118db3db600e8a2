import { expect, test } from "vitest";
import { createPriceBook } from "../../../../src/core/model/prices.ts";
import { tieredPrices } from "../../../../src/core/model/tieredPrices.ts";

const model = "gpt-5-mini";
const usage = { inputTokens: 1_000, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 100 };
const request = { model, inputTokens: 1_001, maxOutputTokens: 99 };

test("what is not said is priced by the tier, what a reply names by its own", async () => {
  const usual = await createPriceBook({});
  const full = usual.costOf({ model, usage, serviceTier: null })!;
  for (const tier of ["flex", "batch"] as const) {
    const prices = tieredPrices(usual, tier, true);
    expect(prices.costOf({ model, usage, serviceTier: null })).toBeCloseTo(full / 2, 9);
    expect(prices.costOf({ model, usage, serviceTier: "default" })).toBe(full);
    expect(prices.costOf({ model, usage, serviceTier: "priority" })).toBeNull();
    expect(prices.listPriceOf({ model, usage })).toBeCloseTo(full / 2, 9);
    expect(prices.upperBound(request)! * 2).toBeGreaterThanOrEqual(usual.upperBound(request)!);
    expect(prices.upperBound(request)).toBeCloseTo(usual.upperBound(request)! / 2, 8);
  }
});

test("the bound stays the usual one where the request may be carried out at the usual price", async () => {
  const usual = await createPriceBook({});
  expect(tieredPrices(usual, "flex", false).upperBound(request)).toBe(usual.upperBound(request));
  expect(tieredPrices(usual, "flex", true).upperBound({ ...request, model: "unheard-of" })).toBeNull();
});
