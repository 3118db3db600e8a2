import type { WholeMessage } from "./carryOver.ts";

/** The newest facts and what time it is: all that the panel is drawn from. */
export interface PanelState extends Omit<WholeMessage, "type"> {
  /** Page time when the facts came, and now; milliseconds. */
  readonly receivedAt: number;
  readonly now: number;
  /** Now, on the run's clock. */
  readonly monotonicNow: number;
  /** How long something has lasted that began at `sinceMs` of the run's clock. */
  elapsedOf(sinceMs: number): number;
}

export function panelState(message: WholeMessage, receivedAt: number, now: number): PanelState {
  const monotonicNow = message.monotonicMs + Math.max(0, now - receivedAt);
  return {
    ...message,
    receivedAt,
    now,
    monotonicNow,
    elapsedOf: (sinceMs) => Math.max(0, monotonicNow - sinceMs),
  };
}
