/** When a provider wants to be asked again, and how much it lets through, as its headers say. */
import type { RateLimits } from "./model.ts";

/** @returns milliseconds from now, however long; null: the headers do not say */
export function readRetryAfterMs(headers: Headers, nowEpochMs: number): number | null {
  const exact = readNumber(headers.get("retry-after-ms"));
  if (exact !== null) return Math.ceil(exact);
  const text = headers.get("retry-after");
  if (text === null) return null;
  const seconds = readNumber(text);
  if (seconds !== null) return Math.ceil(seconds * 1_000);
  // Date.parse takes almost anything for a date, "-5" included.
  const untilMs = /GMT\s*$|^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(untilMs)) return null;
  // A date is meant on the server's clock, which its Date header tells; ours may be wrong.
  const serverNowMs = Date.parse(headers.get("date") ?? "");
  return Math.max(0, untilMs - (Number.isNaN(serverNowMs) ? nowEpochMs : serverNowMs));
}

export function readRateLimits(headers: Headers): RateLimits {
  const count = (name: string) => readNumber(headers.get(`x-ratelimit-${name}`));
  const reset = (name: string) => readDurationMs(headers.get(`x-ratelimit-reset-${name}`));
  return {
    remainingRequests: count("remaining-requests"),
    limitRequests: count("limit-requests"),
    resetRequestsMs: reset("requests"),
    remainingTokens: count("remaining-tokens"),
    limitTokens: count("limit-tokens"),
    resetTokensMs: reset("tokens"),
  };
}

/** Moments instead of durations; of the token limits the one that is nearest to its end. */
export function readAnthropicRateLimits(headers: Headers, nowEpochMs: number): RateLimits {
  const read = (what: string) => {
    const value = (name: string) => headers.get(`anthropic-ratelimit-${what}-${name}`);
    const at = Date.parse(value("reset") ?? "");
    return {
      limit: readNumber(value("limit")),
      remaining: readNumber(value("remaining")),
      resetMs: Number.isNaN(at) ? null : Math.max(0, at - nowEpochMs),
    };
  };
  const requests = read("requests");
  const tokens = ["tokens", "input-tokens", "output-tokens"]
    .map(read)
    .reduce((least, one) => ((one.remaining ?? Infinity) < (least.remaining ?? Infinity) ? one : least));
  return {
    remainingRequests: requests.remaining,
    limitRequests: requests.limit,
    resetRequestsMs: requests.resetMs,
    remainingTokens: tokens.remaining,
    limitTokens: tokens.limit,
    resetTokensMs: tokens.resetMs,
  };
}

const UNIT_MS: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
  us: 1e-3,
  µs: 1e-3,
  ns: 1e-6,
};

/** A Go duration (`6m0s`, `1h2.5s`, `120ms`), or plain seconds. */
export function readDurationMs(text: string | null): number | null {
  if (text === null) return null;
  const seconds = readNumber(text);
  if (seconds !== null) return Math.ceil(seconds * 1_000);
  const parts = [...text.trim().matchAll(/(\d+(?:\.\d+)?)(h|ms|us|µs|ns|m|s)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== text.trim()) return null;
  return Math.ceil(parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNIT_MS[unit ?? ""] ?? 0), 0));
}

function readNumber(text: string | null): number | null {
  if (text === null || !/^\s*\d+(\.\d+)?\s*$/.test(text)) return null;
  return Number(text);
}
