import { calcPrice, findProvider } from "@pydantic/genai-prices";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createTariff } from "../../../../src/core/model/tariff.ts";

const AT = new Date("2026-11-20T00:00:00Z");
const PROVIDERS = ["openai", "anthropic", "deepseek", "google", "mistral", "x-ai"];

/** Every listed model that has text prices, with what is in force at that time. */
const listed = PROVIDERS.flatMap((providerId) =>
  findProvider({ providerId })!.models.flatMap(({ id }) => {
    const found = calcPrice({ input_tokens: 0, output_tokens: 0 }, id, { providerId, timestamp: AT });
    const tariff = found && found.model.id === id ? createTariff(found.model_price) : null;
    return tariff ? [{ id, providerId, tariff }] : [];
  }),
);

test("agrees with the price library, to the nano-dollar, for every model and any counts", () => {
  expect(listed.length).toBeGreaterThan(100);
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const tokens = fc.nat({ max: 1_000_000 });
  fc.assert(
    fc.property(
      fc.constantFrom(...listed),
      tokens,
      tokens,
      share,
      share,
      ({ id, providerId, tariff }, input, output, a, b) => {
        const cached = Math.floor(input * a);
        const written = Math.floor((input - cached) * b);
        const usage = {
          input_tokens: input,
          cache_read_tokens: cached,
          cache_write_tokens: written,
          output_tokens: output,
        };
        const theirs = calcPrice(usage, id, { providerId, timestamp: AT })!.total_price * 1e9;
        // Theirs is a sum of fractions: half a nano-dollar may fall to either side.
        expect(Math.abs(tariff.nano({ input, cached, written, output })! - theirs)).toBeLessThanOrEqual(0.501);
      },
    ),
    { numRuns: 500 },
  );
});

test("tiers begin above their start, for the whole request", () => {
  const tariff = createTariff({ input_mtok: { base: 1, tiers: [{ start: 1_000, price: 2 }] }, output_mtok: 3 })!;
  expect(tariff.nano({ input: 1_000, cached: 0, written: 0, output: 1 })).toBe(1_003_000);
  expect(tariff.nano({ input: 1_001, cached: 0, written: 0, output: 1 })).toBe(2_005_000);
});

test("what is charged for each request counts", () => {
  const tariff = createTariff({ input_mtok: 1, output_mtok: 1, requests_kcount: 5 })!;
  expect(tariff.nano({ input: 0, cached: 0, written: 0, output: 0 })).toBe(5_000_000);
});

test("no price without both directions", () => {
  expect(createTariff({ input_mtok: 1 })).toBeNull();
  expect(createTariff({})).toBeNull();
});
