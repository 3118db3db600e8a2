/** Ends what has gone silent: an idle deadline that every sign of life renews, and a total one that none does. */
import { NOT_NEEDED } from "./notNeeded.ts";
import type { Clock } from "../ports.ts";

export interface Watchdog {
  /** Aborted when a deadline has passed, or the outer signal. */
  readonly signal: AbortSignal;
  /** Which deadline passed; undefined: none. */
  readonly expired: "idle" | "total" | undefined;
  /** A sign of life. */
  touch(): void;
  stop(): void;
}

export interface WatchdogOptions {
  readonly idleMs: number;
  readonly totalMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export function createWatchdog({ idleMs, totalMs, clock, signal }: WatchdogOptions): Watchdog {
  const controller = new AbortController();
  const timers = new AbortController();
  const endsAtMs = clock.monotonicMs() + totalMs;
  let idleAtMs = clock.monotonicMs() + idleMs;
  let expired: Watchdog["expired"];

  const onOuterAbort = () => controller.abort(signal.reason);
  if (signal.aborted) onOuterAbort();
  else signal.addEventListener("abort", onOuterAbort, { once: true });

  const watch = async () => {
    for (;;) {
      const now = clock.monotonicMs();
      if (now >= endsAtMs) expired = "total";
      else if (now >= idleAtMs) expired = "idle";
      if (expired) return controller.abort(new Error(`No sign of life within the ${expired} deadline.`));
      await clock.sleep(Math.min(idleAtMs, endsAtMs) - now, timers.signal);
    }
  };
  watch().catch(() => {}); // Rejects when stopped, which is all there is to know.

  return {
    signal: controller.signal,
    get expired() {
      return expired;
    },
    touch() {
      idleAtMs = clock.monotonicMs() + idleMs;
    },
    stop() {
      signal.removeEventListener("abort", onOuterAbort);
      timers.abort(NOT_NEEDED);
    },
  };
}
