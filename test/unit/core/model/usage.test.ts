import fc from "fast-check";
import { expect, test } from "vitest";
import { readUsage } from "../../../../src/core/model/usage.ts";

test.each([
  ["nothing", undefined, null],
  ["null, as in every chunk but the last", null, null],
  ["an empty object", {}, null],
  [
    "OpenAI",
    { prompt_tokens: 100, completion_tokens: 7, prompt_tokens_details: { cached_tokens: 64, cache_write_tokens: 20 } },
    { inputTokens: 100, cachedInputTokens: 64, cacheWriteTokens: 20, outputTokens: 7 },
  ],
  [
    "DeepSeek",
    { prompt_tokens: 100, completion_tokens: 7, prompt_cache_hit_tokens: 64, prompt_cache_miss_tokens: 36 },
    { inputTokens: 100, cachedInputTokens: 64, cacheWriteTokens: null, outputTokens: 7 },
  ],
  [
    "OpenRouter",
    { prompt_tokens: 10, completion_tokens: 2, cost: 0.1, prompt_tokens_details: { cached_tokens: 0 } },
    { inputTokens: 10, cachedInputTokens: 0, cacheWriteTokens: null, outputTokens: 2 },
  ],
  [
    "LM Studio and vLLM, without details",
    { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12, prompt_tokens_details: null },
    { inputTokens: 10, cachedInputTokens: null, cacheWriteTokens: null, outputTokens: 2 },
  ],
  ["nonsense", { prompt_tokens: "10", completion_tokens: -2 }, null],
])("%s", (_, raw, expected) => {
  expect(readUsage(raw)).toEqual(expected);
});

test("any value gives whole counts or null", () => {
  fc.assert(
    fc.property(fc.anything(), (raw) => {
      const usage = readUsage(raw);
      for (const count of Object.values(usage ?? {})) expect(count === null || Number.isSafeInteger(count)).toBe(true);
    }),
  );
});
