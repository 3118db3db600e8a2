/** Requests and tokens per minute: buckets that refill steadily, and the headers that tell their state. */

export interface RateLimitOptions {
  readonly requestsPerMinute: number | null;
  readonly tokensPerMinute: number | null;
}

export interface RateVerdict {
  /** What ran out; null: go on. */
  readonly exceeded: "requests" | "tokens" | null;
  /** When the same request would pass; 0 when it passes now. */
  readonly retryAfterMs: number;
  readonly headers: Readonly<Record<string, string>>;
}

export interface RateLimits {
  /** Takes one request of so many tokens out of the buckets. A refused request counts as a request too. */
  take(tokens: number): RateVerdict;
}

interface Bucket {
  readonly limit: number;
  level: number;
}

export function createRateLimits(options: RateLimitOptions, monotonicMs: () => number): RateLimits {
  const requests = options.requestsPerMinute === null ? null : bucketOf(options.requestsPerMinute);
  const tokens = options.tokensPerMinute === null ? null : bucketOf(options.tokensPerMinute);
  let lastMs = monotonicMs();

  const refill = () => {
    const nowMs = monotonicMs();
    for (const bucket of [requests, tokens]) {
      if (bucket) bucket.level = Math.min(bucket.limit, bucket.level + (bucket.limit * (nowMs - lastMs)) / 60_000);
    }
    lastMs = nowMs;
  };

  return {
    take(asked) {
      refill();
      const requestWaitMs = waitFor(requests, 1);
      const tokenWaitMs = waitFor(tokens, asked);
      if (requests) requests.level = Math.max(0, requests.level - 1);
      const exceeded = requestWaitMs > 0 ? "requests" : tokenWaitMs > 0 ? "tokens" : null;
      if (tokens && !exceeded) tokens.level -= asked;
      return {
        exceeded,
        retryAfterMs: Math.max(requestWaitMs, tokenWaitMs),
        headers: { ...bucketHeaders("requests", requests), ...bucketHeaders("tokens", tokens) },
      };
    },
  };
}

/** Milliseconds as Go prints a duration: `0s`, `250ms`, `1.5s`, `6m0s`, `1h0m2s`. */
export function goDuration(ms: number): string {
  const whole = Math.max(0, Math.ceil(ms));
  if (whole === 0) return "0s";
  if (whole < 1000) return `${whole}ms`;
  const hours = Math.floor(whole / 3_600_000);
  const minutes = Math.floor(whole / 60_000) % 60;
  const seconds = (whole % 60_000) / 1000;
  if (hours > 0) return `${hours}h${minutes}m${seconds}s`;
  return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
}

function bucketOf(limit: number): Bucket {
  return { limit, level: limit };
}

function waitFor(bucket: Bucket | null, asked: number): number {
  // A hair of slack: the level is a sum of fractions.
  if (!bucket || bucket.level + 1e-6 >= asked) return 0;
  return Math.ceil(((asked - bucket.level) * 60_000) / bucket.limit);
}

function bucketHeaders(name: string, bucket: Bucket | null): Record<string, string> {
  if (!bucket) return {};
  return {
    [`x-ratelimit-limit-${name}`]: String(bucket.limit),
    [`x-ratelimit-remaining-${name}`]: String(Math.floor(bucket.level + 1e-6)),
    [`x-ratelimit-reset-${name}`]: goDuration(((bucket.limit - bucket.level) * 60_000) / bucket.limit),
  };
}
