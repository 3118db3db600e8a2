import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEFAULT_MODELS } from "../../../../src/core/model/defaultModels.ts";
import { createPriceBook } from "../../../../src/core/model/prices.ts";

const AT = new Date("2026-11-20T00:00:00Z");
const book = await createPriceBook({}, AT);
const usage = (
  inputTokens: number | null,
  cachedInputTokens: number | null,
  cacheWriteTokens: number | null,
  outputTokens: number | null,
) => ({
  inputTokens,
  cachedInputTokens,
  cacheWriteTokens,
  outputTokens,
});
const cost = (model: string, used: ReturnType<typeof usage> | null, serviceTier: string | null = null) =>
  book.costOf({ model, usage: used, serviceTier });

describe("by hand", () => {
  test("gpt-5-mini: $0.25 in, $0.025 cached, $2 out a million", () => {
    // 176 × 250 + 1,024 × 25 + 30 × 2,000 = 44,000 + 25,600 + 60,000 nano-dollars
    expect(cost("gpt-5-mini", usage(1_200, 1_024, null, 30))).toBe(0.000_129_6);
    // 1,200 × 250 + 30 × 2,000
    expect(book.listPriceOf({ model: "gpt-5-mini", usage: usage(1_200, 1_024, null, 30) })).toBe(0.000_36);
    expect(book.upperBound({ model: "gpt-5-mini", inputTokens: 1_200, maxOutputTokens: 8_192 })).toBe(0.016_684);
  });

  test("gpt-5.6-sol: written tokens cost 1.25 times, a prompt above 272 k tokens twice in all", () => {
    // $4 in, $0.4 cached, $5 written, $20 out: 500 × 4,000 + 1,000 × 400 + 500 × 5,000 + 100 × 20,000 nano-dollars
    expect(cost("gpt-5.6-sol", usage(2_000, 1_000, 500, 100))).toBe(0.006_9);
    // 300,000 × 8,000 + 100 × 30,000
    expect(cost("gpt-5.6-sol", usage(300_000, 0, 0, 100))).toBe(2.403);
    // all of it written: 2,000 × 5,000 + 100 × 20,000
    expect(book.upperBound({ model: "gpt-5.6-sol", inputTokens: 2_000, maxOutputTokens: 100 })).toBe(0.012);
  });

  test("half price for flex and batch, by the tier that the reply names; what else there is has no known price", () => {
    const used = usage(1_000_000, 0, null, 0);
    expect(cost("gpt-5-mini", used, "default")).toBe(0.25);
    expect(cost("gpt-5-mini", used, "flex")).toBe(0.125);
    expect(cost("gpt-5-mini", used, "batch")).toBe(0.125);
    expect(cost("gpt-5-mini", used, "priority")).toBeNull();
    expect(book.listPriceOf({ model: "gpt-5-mini", usage: used, serviceTier: "flex" })).toBe(0.125);
  });
});

describe("what is missing is unknown, not nothing", () => {
  test.each([
    ["no usage", null],
    ["no input", usage(null, 0, 0, 5)],
    ["no output", usage(5, 0, 0, null)],
    ["no cached count, where cached tokens have a price of their own", usage(5_000, null, 0, 5)],
    ["more cached than there is", usage(5, 10, 0, 5)],
  ])("%s", (_, used) => {
    expect(cost("gpt-5-mini", used)).toBeNull();
  });

  test("no written count matters only where writing costs", () => {
    expect(cost("gpt-5-mini", usage(5, 0, null, 5))).not.toBeNull();
    expect(cost("gpt-5.6-sol", usage(5, 0, null, 5))).toBeNull();
  });

  test("no price", () => {
    const request = { model: "my-own-model", inputTokens: 1, maxOutputTokens: 1 };
    expect([
      book.price("my-own-model", "openai"),
      cost("my-own-model", usage(1, 0, 0, 1)),
      book.upperBound(request),
    ]).toEqual([null, null, null]);
  });
});

describe("names", () => {
  test.each([
    "gpt-5-mini",
    "gpt-5-mini-2025-08-07",
    "openai/gpt-5-mini",
    "openai/gpt-5-mini-2025-08-07",
    "OpenAI/GPT-5-mini",
  ])("%s", (name) => {
    expect(book.price(name, "openai")).toEqual({
      inputUsdPerMillion: 0.25,
      outputUsdPerMillion: 2,
      cachedInputUsdPerMillion: 0.025,
      cacheWriteUsdPerMillion: null,
    });
  });

  test("other vendors' models are found too", () => {
    expect(book.price("deepseek-chat", "openai")).not.toBeNull();
    expect(book.price("anthropic/claude-sonnet-4", "openai")).not.toBeNull();
  });

  test("a name that only begins alike is not the same model", () => {
    expect(book.price("gpt-5-mini-of-my-own", "openai")).toBeNull();
  });

  test("the default has a price", () => {
    for (const provider of ["openai", "anthropic"] as const) {
      const { cheap, strong } = DEFAULT_MODELS[provider];
      const [low, high] = [book.price(cheap, provider), book.price(strong, provider)];
      expect(high!.outputUsdPerMillion, provider).toBeGreaterThan(low!.outputUsdPerMillion);
    }
  });
});

describe("own prices", () => {
  const price = { inputUsdPerMillion: 3, outputUsdPerMillion: 7 };

  test("come before the list, also for dated and prefixed names", async () => {
    const own = await createPriceBook(
      { "gpt-5-mini": price, "my-model": { ...price, cachedInputUsdPerMillion: 1 } },
      AT,
    );
    // Without a price of their own cached tokens cost as much as others, whether they are known or not.
    expect(own.costOf({ model: "gpt-5-mini", usage: usage(1_000, 500, 0, 100), serviceTier: null })).toBe(0.003_7);
    expect(
      own.costOf({ model: "openai/gpt-5-mini-2025-08-07", usage: usage(1_000, null, null, 100), serviceTier: null }),
    ).toBe(0.003_7);
    expect(own.costOf({ model: "my-model", usage: usage(1_000, 500, 0, 100), serviceTier: null })).toBe(0.002_7);
    expect(own.costOf({ model: "my-model", usage: usage(1_000, null, 0, 100), serviceTier: null })).toBeNull();
    expect(own.price("my-model", "openai")).toMatchObject({ inputUsdPerMillion: 3, cachedInputUsdPerMillion: 1 });
  });

  test("may be nothing at all", async () => {
    const free = await createPriceBook({ local: { inputUsdPerMillion: 0, outputUsdPerMillion: 0 } }, AT);
    expect(free.costOf({ model: "local", usage: usage(9, null, null, 9), serviceTier: null })).toBe(0);
    expect(free.upperBound({ model: "local", inputTokens: 9, maxOutputTokens: 9 })).toBe(0);
  });
});

test("a price that changes holds from its day on", async () => {
  const before = await createPriceBook({}, new Date("2026-07-01T00:00:00Z"));
  expect(before.price("gpt-5.6-luna", "openai")?.inputUsdPerMillion).toBe(1);
  expect(book.price("gpt-5.6-luna", "openai")?.inputUsdPerMillion).toBe(0.2);
});

test("no reply costs more than its bound, and caching never makes the list price smaller than a plain read", () => {
  const tokens = fc.nat({ max: 400_000 });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      fc.constantFrom("gpt-5-mini", "gpt-5.6-sol", "gpt-6-luna", "gpt-5.4"),
      tokens,
      tokens,
      share,
      share,
      (model, input, output, a, b) => {
        const cached = Math.floor(input * a);
        const used = usage(input, cached, Math.floor((input - cached) * b), output);
        const bound = book.upperBound({ model, inputTokens: input, maxOutputTokens: output })!;
        expect(cost(model, used)!).toBeLessThanOrEqual(bound);
        expect(book.listPriceOf({ model, usage: used })!).toBeLessThanOrEqual(bound);
        expect(Number.isInteger(Math.round(cost(model, used)! * 1e9))).toBe(true);
        expect(cost(model, usage(input, cached, 0, output))!).toBeLessThanOrEqual(
          book.listPriceOf({ model, usage: used })!,
        );
      },
    ),
    { numRuns: 200 },
  );
});
