import type { DisposableLike } from "../shared/disposables.ts";

/** Timers, handed in so that tests own the time. */
export interface Timers {
  /** Monotonic, milliseconds. */
  now(): number;
  /** Returns what cancels it. */
  after(ms: number, run: () => void): () => void;
}

const hostTimers: Timers = {
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

export interface Throttle extends DisposableLike {
  /** Asks for a run: at once if the last one is `intervalMs` ago, else as soon as it is. */
  request(): void;
  /** Runs now if one is due. */
  flush(): void;
  dispose(): void;
}

/** Runs `action` at most once per `intervalMs`; the last request is never lost. */
export function createThrottle(intervalMs: number, action: () => void, timers: Timers = hostTimers): Throttle {
  let lastMs = Number.NEGATIVE_INFINITY;
  let cancel: (() => void) | undefined;
  const run = () => {
    cancel = undefined;
    lastMs = timers.now();
    action();
  };
  return {
    request() {
      // Even a run that is due at once waits for the end of this turn, so that a burst of requests is one run.
      cancel ??= timers.after(Math.max(0, lastMs + intervalMs - timers.now()), run);
    },
    flush() {
      if (!cancel) return;
      cancel();
      run();
    },
    dispose() {
      cancel?.();
      cancel = undefined;
    },
  };
}
