/** Runs `run` once after `delayMs`; the function returned calls it off. */
export type Schedule = (run: () => void, delayMs: number) => () => void;

export interface Coalescer {
  /** Something is new: a flush follows within the interval. */
  request(): void;
  /** Flushes at once, and calls off the flush that was due. */
  flushNow(): void;
  dispose(): void;
}

/** However often it is requested, `flush` runs at most once per `intervalMs`, and never later than that. */
export function createCoalescer(flush: () => void, schedule: Schedule, intervalMs = 50): Coalescer {
  let callOff: (() => void) | null = null;
  let disposed = false;

  function flushNow() {
    callOff?.();
    callOff = null;
    if (!disposed) flush();
  }

  return {
    request() {
      if (!disposed) callOff ??= schedule(flushNow, intervalMs);
    },
    flushNow,
    dispose() {
      disposed = true;
      callOff?.();
      callOff = null;
    },
  };
}

/** The real timer. */
export const scheduleTimeout: Schedule = (run, delayMs) => {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
};
