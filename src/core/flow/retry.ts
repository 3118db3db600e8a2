/** Sends again what may succeed when sent again: never early, not too often, and never what cannot succeed. */
import type { Clock } from "../ports.ts";
import { isModelError, type ModelError } from "../model/modelError.ts";
import { backoffMs } from "./backoff.ts";
import type { RetryBudget } from "./retryBudget.ts";

const MAX_ATTEMPTS = 3;
/** A reply that broke off has likely been paid for: it is asked for once more, not twice. */
const MAX_ATTEMPTS_AFTER_BREAK = 2;
/** With the longest backoff, ten minutes of nothing but refusals. */
const MAX_RATE_LIMIT_WAITS = 20;

export interface RetryOptions<Result> {
  /** @param number 1 at first; counts everything that is sent */
  readonly attempt: (number: number) => Promise<Result>;
  /** Transient failures included; being rate-limited is no failure. */
  readonly maxAttempts?: number;
  readonly maxRateLimitWaits?: number;
  readonly retryBudget: RetryBudget;
  readonly clock: Clock;
  readonly random?: () => number;
  /** Ends a wait, and keeps anything from being sent again. */
  readonly signal?: AbortSignal;
  readonly onWait?: (reason: "rate-limit" | "backoff", ms: number) => void;
}

/** Rejects with the last attempt's error, or with the signal's reason when aborted during a wait. */
export async function withRetry<Result>(options: RetryOptions<Result>): Promise<Result> {
  const { attempt, retryBudget, clock, random = Math.random, signal, onWait } = options;
  const maxRateLimitWaits = options.maxRateLimitWaits ?? MAX_RATE_LIMIT_WAITS;
  let failures = 0;
  let rateLimitWaits = 0;
  signal?.throwIfAborted();
  retryBudget.sent();
  for (let number = 1; ; number++) {
    try {
      return await attempt(number);
    } catch (error) {
      if (!isModelError(error) || signal?.aborted) throw error;
      const isRateLimited = error.kind === "rate-limited";
      const mayGoOn = isRateLimited
        ? ++rateLimitWaits <= maxRateLimitWaits
        : error.kind === "transient" && ++failures < maxAttemptsFor(error, options.maxAttempts) && retryBudget.take();
      if (!mayGoOn) throw error;
      const ms = error.retryAfterMs ?? backoffMs((isRateLimited ? rateLimitWaits : failures) - 1, random);
      onWait?.(isRateLimited ? "rate-limit" : "backoff", ms);
      await sleepFully(clock, ms, signal);
    }
  }
}

function maxAttemptsFor(error: ModelError, maximum = MAX_ATTEMPTS): number {
  const broke = error.code === "stream-interrupted" || error.code === "timeout";
  return broke ? Math.min(maximum, MAX_ATTEMPTS_AFTER_BREAK) : maximum;
}

/** Timers may fire a little early; a provider's wait is kept to the millisecond. */
async function sleepFully(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> {
  const untilMs = clock.monotonicMs() + ms;
  for (let restMs = ms; restMs > 0; restMs = untilMs - clock.monotonicMs())
    await clock.sleep(Math.ceil(restMs), signal);
}
