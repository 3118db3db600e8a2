import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ENOUGH_REVIEWS,
  figureOf,
  learnCosts,
  sizeClass,
  type ReplySize,
} from "../../../../src/core/review/learnCosts.ts";

function replyOf(
  patch: Partial<Omit<ReplySize, "usage">> & { readonly usage?: Partial<ReplySize["usage"]> } = {},
): ReplySize {
  return {
    runId: "run",
    sentAtMs: 1,
    isSamePrompt: true,
    promptBytes: 8_000,
    sharedBytes: 6_000,
    ownBytes: 1_315,
    unitBytes: 1_000,
    language: "typescript",
    units: 1,
    ...patch,
    usage: { inputTokens: 2_000, cachedInputTokens: 1_500, cacheWriteTokens: 0, outputTokens: 300, ...patch.usage },
  };
}

const several = (count: number, of: (at: number) => ReplySize = () => replyOf()) =>
  Array.from({ length: count }, (_, at) => of(at));

describe("what is learned from replies", () => {
  it("is nothing from too few", () => {
    expect(learnCosts(several(ENOUGH_REVIEWS - 1))).toBeUndefined();
    expect(learnCosts(several(ENOUGH_REVIEWS))).toMatchObject({ reviews: ENOUGH_REVIEWS });
  });

  it("is what all of them say where they agree", () => {
    const learned = learnCosts(several(40))!;
    expect(learned.tokensPerByte.all).toBe(0.25);
    expect(learned.sentPerUnitByte.all).toBe(1.2);
    expect(learned.outputTokens.all).toBe(300);
    expect(learned).toMatchObject({ mostOutputTokens: 300, leastInputTokens: 2_000, cachedShare: 1, writtenShare: 0 });
  });

  it("tells languages and sizes apart, and leaves what is rare to all", () => {
    const learned = learnCosts([
      ...several(40),
      ...several(10, () => replyOf({ language: "go", usage: { inputTokens: 4_000 } })),
      ...several(2, () => replyOf({ language: "ruby", usage: { inputTokens: 8_000 } })),
      ...several(10, () =>
        replyOf({
          unitBytes: 40_000,
          ownBytes: 48_115,
          promptBytes: 54_000,
          usage: { inputTokens: 13_500, outputTokens: 900 },
        }),
      ),
    ])!;
    expect(figureOf(learned.tokensPerByte, "go")).toBeGreaterThan(0.4);
    expect(figureOf(learned.tokensPerByte, "ruby")).toBe(learned.tokensPerByte.all);
    expect(figureOf(learned.outputTokens, sizeClass(40_000))).toBeGreaterThan(700);
    expect(figureOf(learned.outputTokens, sizeClass(1_000))).toBeLessThan(360);
  });

  it("counts the first of each run apart: it writes what the others read", () => {
    const runs = ["one", "two"].flatMap((runId) =>
      several(15, (at) =>
        replyOf({
          runId,
          sentAtMs: at,
          usage: { cachedInputTokens: at === 0 ? 0 : 1_500, cacheWriteTokens: at === 0 ? 1_500 : 0 },
        }),
      ),
    );
    expect(learnCosts(runs)).toMatchObject({ cachedShare: 1, writtenShare: 0, firstWrittenShare: 1 });
    const untold = runs.map((reply) => ({
      ...reply,
      usage: { ...reply.usage, cachedInputTokens: null, cacheWriteTokens: null },
    }));
    expect(learnCosts(untold)).toMatchObject({ cachedShare: 0, firstWrittenShare: 0 });
  });

  it("does not take the prompts of another recipe for a bound of this one", () => {
    expect(learnCosts(several(30, () => replyOf({ isSamePrompt: false })))!.leastInputTokens).toBeNull();
  });

  it("counts a request about several units as so many reviews, each with its part", () => {
    const pack = () =>
      replyOf({ units: 4, unitBytes: 4_000, ownBytes: 5_260, usage: { inputTokens: 2_000, outputTokens: 800 } });
    expect(learnCosts(several(4, pack))).toBeUndefined();
    const learned = learnCosts(several(5, pack))!;
    expect(learned.reviews).toBe(20);
    expect(learned.sentPerUnitByte.all).toBe(1.2);
    expect(figureOf(learned.outputTokens, sizeClass(1_000))).toBe(200);
    // Whose part of it was the longest nobody knows.
    expect(learned.mostOutputTokens).toBe(400);
  });

  it("learns how often errors are looked at again, and what that takes", () => {
    const look = () => replyOf({ units: 0, usage: { inputTokens: 900, outputTokens: 70 } });
    const { looks, ...reviews } = learnCosts([...several(95), ...several(20, look)])!;
    expect(looks.share).toBeCloseTo(0.215, 3);
    expect(looks.tokens).toEqual({ input: 900, output: 70 });
    expect(reviews).toMatchObject({ reviews: 95, outputTokens: { all: 300 }, leastInputTokens: 2_000 });
    expect(learnCosts(several(95))!.looks).toEqual({ share: 0.015, tokens: null });
    expect(learnCosts(several(30, look))).toBeUndefined();
  });

  it("is hardly moved by one reply, however odd, and by no order", () => {
    const outputs = fc.array(fc.integer({ min: 50, max: 600 }), { minLength: 60, maxLength: 120 });
    fc.assert(
      fc.property(outputs, fc.integer({ min: 600, max: 1_000_000 }), (lengths, odd) => {
        const plain = lengths.map((outputTokens) => replyOf({ usage: { outputTokens } }));
        const before = learnCosts(plain)!.outputTokens.all;
        const after = learnCosts([...plain, replyOf({ usage: { outputTokens: odd } })])!.outputTokens.all;
        expect(Math.abs(after / before - 1)).toBeLessThan(0.2);
        expect(learnCosts(plain.toReversed())!.outputTokens.all).toBeCloseTo(before, 6);
        expect(learnCosts(plain)).toEqual(learnCosts([...plain]));
      }),
      { numRuns: 100 },
    );
  });
});
