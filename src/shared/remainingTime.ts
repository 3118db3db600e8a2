/** How long the rest will take, from the rate at which the latest pieces of work ended. */

export interface RemainingTime {
  begin(monotonicMs: number): void;
  ended(monotonicMs: number): void;
  /** null: too little is known yet. `pauseMs` is time in which nothing will end. */
  estimateMs(pending: number, monotonicMs: number, pauseMs: number): number | null;
}

/** Long enough to smooth over bursts of parallel requests, short enough to follow a change of pace. */
const WINDOW = 128;
const MINIMUM_ENDED = 5;
const MINIMUM_SPAN_MS = 500;

export function createRemainingTime(): RemainingTime {
  const latest: number[] = [];
  let count = 0;
  let beganAtMs: number | undefined;
  return {
    begin(monotonicMs) {
      beganAtMs ??= monotonicMs;
    },
    ended(monotonicMs) {
      latest[count++ % WINDOW] = monotonicMs;
    },
    estimateMs(pending, monotonicMs, pauseMs) {
      if (beganAtMs === undefined || count < MINIMUM_ENDED) return null;
      if (pending <= 0) return 0;
      const isFull = count >= WINDOW;
      // In a full window its oldest entry only marks where the span begins.
      const spanMs = monotonicMs - (isFull ? latest[count % WINDOW]! : beganAtMs);
      if (spanMs < MINIMUM_SPAN_MS && !isFull) return null;
      return (pending * Math.max(0, spanMs)) / (isFull ? WINDOW - 1 : count) + pauseMs;
    },
  };
}
