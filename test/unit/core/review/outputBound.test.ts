import { describe, expect, it } from "vitest";
import type { Model, ModelReply, ModelRequest } from "../../../../src/core/model/model.ts";
import type { LearnedCosts } from "../../../../src/core/review/learnCosts.ts";
import { inputBound } from "../../../../src/core/review/inputBound.ts";
import { boundOutput, learnedBound } from "../../../../src/core/review/outputBound.ts";
import { buildReviewRequest, FIXED_PROMPT_BYTES, MAX_OUTPUT_TOKENS } from "../../../../src/core/review/prompt.ts";

const learned = { mostOutputTokens: 400, leastInputTokens: 1_900 } as LearnedCosts;
const unit = { language: "typescript", role: "source", isChunk: false, text: "a\nb\n", signatures: "" };
const request = () => buildReviewRequest("", unit, "key");

function modelThat(finishes: readonly ModelReply["finish"][]) {
  const asked: number[] = [];
  const model: Model = {
    provider: "openai",
    name: "m",
    origin: "http://127.0.0.1:1",
    contextTokens: 1,
    async stream({ maxOutputTokens }: ModelRequest) {
      asked.push(maxOutputTokens);
      const finish = finishes[asked.length - 1] ?? "stop";
      return { text: "", finish, usage: null, model: "m", serviceTier: null, providerRequestId: null };
    },
    close: async () => {},
  };
  return { model, asked };
}

const send = (model: Model, asked: ModelRequest) => model.stream(asked, {}, new AbortController().signal);

describe("the bound of a reply", () => {
  it("is half as long again as the longest one, and never above what is asked for", () => {
    expect(learnedBound(undefined, 8_192)).toBe(8_192);
    expect(learnedBound(learned, 8_192)).toBe(640);
    expect(learnedBound({ mostOutputTokens: 1 }, 8_192)).toBe(256);
    expect(learnedBound({ mostOutputTokens: 8_000 }, 8_192)).toBe(8_192);
  });

  it("is what is sent and what is reserved, until a reply is cut", async () => {
    const { model, asked } = modelThat(["stop", "length", "stop", "stop"]);
    const bound = boundOutput(model, learned);
    const [first, second, third] = [request(), request(), request()];
    expect(bound.bounded(first).maxOutputTokens).toBe(640);
    expect(await send(bound.model, first)).not.toHaveProperty("hadLearnedBound");
    // Reserved before the other one was cut: it is sent as it was reserved.
    expect(bound.bounded(third).maxOutputTokens).toBe(640);
    expect(await send(bound.model, second)).toMatchObject({ finish: "length", hadLearnedBound: true });
    expect(bound.bounded(second).maxOutputTokens).toBe(MAX_OUTPUT_TOKENS);
    await send(bound.model, second);
    await send(bound.model, third);
    expect(asked).toEqual([640, 640, MAX_OUTPUT_TOKENS, 640]);
  });

  it("that was cut with all its room is not asked for again", async () => {
    const { model } = modelThat(["length", "length"]);
    expect(await send(boundOutput(model, undefined).model, request())).not.toHaveProperty("hadLearnedBound");
    const other = { ...request(), schema: { name: "other", schema: {} } };
    expect(await send(boundOutput(model, learned).model, other)).not.toHaveProperty("hadLearnedBound");
  });
});

describe("the bound of a prompt", () => {
  it("is its bytes, but for the beginning that is known", () => {
    const asked = request();
    const bytes = inputBound(asked, undefined);
    expect(bytes).toBeGreaterThan(FIXED_PROMPT_BYTES);
    expect(inputBound(asked, learned)).toBe(bytes - FIXED_PROMPT_BYTES + 2_000);
    expect(inputBound(asked, { leastInputTokens: null })).toBe(bytes);
    expect(inputBound({ ...asked, parts: [{ role: "user", text: "other" }] }, learned)).toBeLessThan(bytes);
  });
});
