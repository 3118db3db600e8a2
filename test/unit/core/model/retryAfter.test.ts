import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  readAnthropicRateLimits,
  readDurationMs,
  readRateLimits,
  readRetryAfterMs,
} from "../../../../src/core/model/retryAfter.ts";

const NOW = Date.UTC(2026, 10, 20);
const after = (headers: Record<string, string>) => readRetryAfterMs(new Headers(headers), NOW);

describe("retry-after", () => {
  test.each([
    [{}, null],
    [{ "retry-after": "7" }, 7_000],
    [{ "retry-after": "0.25" }, 250],
    [{ "retry-after": "86400" }, 86_400_000],
    [{ "retry-after-ms": "12.3", "retry-after": "7" }, 13],
    [{ "retry-after-ms": "soon", "retry-after": "7" }, 7_000],
    [{ "retry-after": "soon" }, null],
    [{ "retry-after": "-5" }, null],
    [{ "retry-after": "in 5" }, null],
    [{ "retry-after": "Fri, 20 Nov 2026 00:01:30 GMT" }, 90_000],
    [{ "retry-after": "Fri, 20 Nov 2026 00:01:30 GMT", date: "Fri, 20 Nov 2026 00:01:00 GMT" }, 30_000],
    [{ "retry-after": "Thu, 19 Nov 2026 00:00:00 GMT" }, 0],
  ])("%j is %s ms", (headers, expected) => {
    expect(after(headers)).toBe(expected);
  });
});

describe("durations", () => {
  test.each([
    ["6m0s", 360_000],
    ["1h2m3.5s", 3_723_500],
    ["120ms", 120],
    ["0s", 0],
    ["1.5", 1_500],
    ["500us", 1],
    ["", null],
    ["tomorrow", null],
    ["6m nonsense", null],
  ])("%s", (text, expected) => {
    expect(readDurationMs(text)).toBe(expected);
  });

  test("never throw, whatever a server sends", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const ms = readDurationMs(text);
        expect(ms === null || ms >= 0).toBe(true);
      }),
    );
  });
});

test("rate limits are read where they are, and null where not", () => {
  const headers = new Headers({
    "x-ratelimit-remaining-requests": "0",
    "x-ratelimit-reset-tokens": "6m0s",
    "x-ratelimit-limit-requests": "many",
  });
  expect(readRateLimits(headers)).toEqual({
    remainingRequests: 0,
    limitRequests: null,
    resetRequestsMs: null,
    remainingTokens: null,
    limitTokens: null,
    resetTokensMs: 360_000,
  });
});

test("Anthropic's limits come as moments, and the nearest of its token limits counts", () => {
  const headers = new Headers({
    "anthropic-ratelimit-requests-limit": "50",
    "anthropic-ratelimit-requests-remaining": "49",
    "anthropic-ratelimit-requests-reset": new Date(NOW + 2_000).toISOString(),
    "anthropic-ratelimit-input-tokens-limit": "40000",
    "anthropic-ratelimit-input-tokens-remaining": "30000",
    "anthropic-ratelimit-output-tokens-limit": "8000",
    "anthropic-ratelimit-output-tokens-remaining": "100",
    "anthropic-ratelimit-output-tokens-reset": new Date(NOW + 30_000).toISOString(),
  });
  expect(readAnthropicRateLimits(headers, NOW)).toEqual({
    limitRequests: 50,
    remainingRequests: 49,
    resetRequestsMs: 2_000,
    limitTokens: 8_000,
    remainingTokens: 100,
    resetTokensMs: 30_000,
  });
  const nothing = readAnthropicRateLimits(new Headers(), NOW);
  expect(Object.values(nothing).every((value) => value === null)).toBe(true);
});
