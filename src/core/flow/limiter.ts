/** How many requests run at once: as many as allowed, fewer when the provider says so, none while it asks to wait. */
import pLimit from "p-limit";
import type { RateLimits } from "../model/model.ts";
import type { Clock } from "../ports.ts";
import { backoffMs } from "./backoff.ts";
import { onAbort } from "./onAbort.ts";

export interface LimiterOptions {
  /** Upper bound, from 1. Also where it starts: the canary sends the first request alone anyway. */
  readonly maximum: number;
  readonly clock: Clock;
  readonly random?: () => number;
  readonly onChange?: (limit: number) => void;
  /** All lanes pause from now on for so long. */
  readonly onPause?: (ms: number) => void;
}

export interface Limiter {
  /**
   * Starts the task when a lane is free and no pause is in effect; first come, first served. One run is one request:
   * whoever sends again runs again, or the limit would not hold for it.
   * Rejects with the signal's reason when aborted before the task has started; after that the task decides.
   */
  run<Result>(task: () => Promise<Result>, signal?: AbortSignal): Promise<Result>;
  /**
   * Resolves when no pause is in effect. `run` waits for it before the task; a task that has waited for anything else
   * since (money, a lease, the canary) asks again right before it sends.
   */
  whenOpen(signal?: AbortSignal): Promise<void>;
  /** The provider answered 429. Halves the limit once for all requests that had been started by then. */
  rateLimited(retryAfterMs: number | null): void;
  /** A reply's rate-limit headers, as soon as they are there: nothing left means to wait until the reset. */
  observe(limits: RateLimits): void;
  /** A request has ended well. `limits` null: none, or observed already. */
  succeeded(limits: RateLimits | null): void;
  readonly limit: number;
  /** How much longer the pause lasts; 0: none. */
  readonly waitingMs: number;
  /** Tasks under way. */
  readonly activeCount: number;
  /** Tasks that have not started yet. */
  readonly pendingCount: number;
}

export function createLimiter(options: LimiterOptions): Limiter {
  const { maximum, clock, random = Math.random, onChange, onPause } = options;
  const lanes = pLimit(maximum);
  let openAtMs = -Infinity;
  let active = 0;
  let pending = 0;
  let successes = 0;
  let cuts = 0;
  // 429s of requests that were under way at the same time are one wave: they say one thing, and cut once.
  let startedSinceCut = false;

  const waitingMs = () => Math.max(0, openAtMs - clock.monotonicMs());

  const setLimit = (limit: number) => {
    successes = 0;
    if (limit === lanes.concurrency) return;
    lanes.concurrency = limit;
    onChange?.(limit);
  };

  const pauseFor = (ms: number) => {
    const untilMs = clock.monotonicMs() + ms;
    if (untilMs <= openAtMs) return;
    openAtMs = untilMs;
    onPause?.(ms);
  };

  const whenOpen = async (signal?: AbortSignal) => {
    // Timers may fire a little early, and the pause may have become longer meanwhile.
    for (let ms = waitingMs(); ms > 0; ms = waitingMs()) await clock.sleep(Math.ceil(ms), signal);
    signal?.throwIfAborted();
    startedSinceCut = true;
  };

  const observe = (limits: RateLimits) => {
    if (limits.remainingRequests === 0) pauseFor(limits.resetRequestsMs ?? 0);
    if (limits.remainingTokens === 0) pauseFor(limits.resetTokensMs ?? 0);
  };

  return {
    run<Result>(task: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
      if (signal?.aborted) return Promise.reject(signal.reason as Error);
      return new Promise<Result>((resolve, reject) => {
        // A queue entry cannot be taken out: when aborted it answers now, and its turn passes without effect.
        const stopListening = onAbort(signal, () => reject(signal?.reason as Error));
        pending++;
        const start = async () => {
          try {
            await whenOpen(signal);
          } finally {
            pending--;
            stopListening();
          }
          active++;
          try {
            return await task();
          } finally {
            active--;
          }
        };
        lanes(start).then(resolve, reject);
      });
    },
    whenOpen,
    rateLimited(retryAfterMs) {
      const isNewWave = startedSinceCut;
      startedSinceCut = false;
      if (isNewWave) setLimit(Math.max(1, Math.floor(lanes.concurrency / 2)));
      if (retryAfterMs !== null) pauseFor(retryAfterMs);
      else if (isNewWave) pauseFor(backoffMs(cuts, random));
      if (isNewWave) cuts++;
    },
    observe,
    succeeded(limits) {
      if (limits) observe(limits);
      if (waitingMs() > 0) return;
      cuts = 0;
      if (++successes >= lanes.concurrency) setLimit(Math.min(maximum, lanes.concurrency + 1));
    },
    get limit() {
      return lanes.concurrency;
    },
    get waitingMs() {
      return waitingMs();
    },
    get activeCount() {
      return active;
    },
    get pendingCount() {
      return pending;
    },
  };
}
