import type { RunEvent } from "../src/shared/events.ts";

export interface PauseWatch {
  push(event: RunEvent): void;
  /** A request goes out now, on the clock of the events. */
  sent(monotonicMs: number): void;
  /** Below 0: a request began before a provider's pause was over. null: there was no pause, or nothing after one. */
  earliestMs(): number | null;
}

/** Compares when requests begin with the pauses that providers ask for, by the engine's own events. */
export function createPauseWatch(): PauseWatch {
  let openAtMs: number | null = null;
  let earliestMs: number | null = null;
  // Whoever was refused waits as well, and says so after its request has ended: that is no pause of all.
  let ownWaits = 0;
  return {
    push(event) {
      if (event.type === "request-end" && event.code === "rate-limited") ownWaits++;
      if (event.type === "wait" && event.reason === "rate-limit") {
        if (ownWaits > 0) ownWaits--;
        else openAtMs = Math.max(openAtMs ?? 0, event.monotonicMs + event.ms);
      }
    },
    sent(monotonicMs) {
      if (openAtMs !== null) earliestMs = Math.min(earliestMs ?? Infinity, monotonicMs - openAtMs);
    },
    earliestMs: () => earliestMs,
  };
}
