import { describe, expect, it } from "vitest";
import type { LearnedCosts } from "../../../../src/core/review/learnCosts.ts";
import { inputBound } from "../../../../src/core/review/inputBound.ts";
import { createOutputBound, learnedBound } from "../../../../src/core/review/outputBound.ts";
import { buildPackRequest } from "../../../../src/core/review/packPrompt.ts";
import { buildReviewRequest, FIXED_PROMPT_BYTES, MAX_OUTPUT_TOKENS } from "../../../../src/core/review/prompt.ts";

const learned = {
  mostOutputTokens: 400,
  outputTokens: { all: 100, kinds: {} },
  leastInputTokens: 1_900,
} as LearnedCosts;
const unit = { language: "typescript", role: "source", isChunk: false, text: "a\nb\n", signatures: "" };
const request = () => buildReviewRequest("", unit, "key");

describe("the bound of a reply", () => {
  it("is half as long again as the longest one, for each unit, and never above what is asked for", () => {
    expect(learnedBound(undefined, 8_192, 1)).toBe(8_192);
    expect(learnedBound(learned, 8_192, 1)).toBe(640);
    expect(learnedBound(learned, 8_192, 8)).toBe(2_048);
    expect(learnedBound(learned, 8_192, 4)).toBe(1_088);
    expect(learnedBound({ ...learned, mostOutputTokens: 1 }, 8_192, 1)).toBe(256);
    expect(learnedBound({ ...learned, mostOutputTokens: 8_000 }, 8_192, 1)).toBe(8_192);
  });

  it("is given up for all that follows once a reply was cut", () => {
    const bound = createOutputBound(learned);
    expect(bound.of(request(), 1)).toEqual({ ...request(), maxOutputTokens: 640 });
    bound.giveUp();
    const whole = request();
    expect(bound.of(whole, 1)).toBe(whole);
    expect(whole.maxOutputTokens).toBe(MAX_OUTPUT_TOKENS);
  });

  it("holds for reviews alone, and only where something is known", () => {
    const look = { ...request(), maxOutputTokens: 4_096 };
    expect(createOutputBound(learned).of(look, 0)).toBe(look);
    const asked = request();
    expect(createOutputBound(undefined).of(asked, 1)).toBe(asked);
  });
});

describe("the bound of a prompt", () => {
  it("is its bytes, but for the beginning that is known", () => {
    const asked = request();
    const bytes = inputBound(asked, 1, undefined);
    expect(bytes).toBeGreaterThan(FIXED_PROMPT_BYTES);
    expect(inputBound(asked, 1, learned)).toBe(bytes - FIXED_PROMPT_BYTES + 2_000);
    expect(inputBound(asked, 1, { leastInputTokens: null })).toBe(bytes);
    expect(inputBound(asked, 0, learned)).toBe(bytes);
    const pack = buildPackRequest("", [unit, unit], "key");
    expect(inputBound(pack, 2, learned)).toBe(inputBound(pack, 0, learned) - FIXED_PROMPT_BYTES + 2_000);
  });
});
