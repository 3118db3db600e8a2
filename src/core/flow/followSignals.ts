export interface FollowedSignals {
  /** Aborted with the reason of the first of them. */
  readonly signal: AbortSignal;
  /** From now on it stays as it is. To be called when nobody needs it any more. */
  readonly stop: () => void;
}

/**
 * One signal for several. `AbortSignal.any` makes one that a list of the process keeps alive for as long as anybody
 * listens to it, and the platform's fetch does so until the collector has come upon its request: thousands of requests
 * leave thousands of signals behind. For a few at a time: see `onAbort` for where many listen.
 */
export function followSignals(...signals: readonly (AbortSignal | null | undefined)[]): FollowedSignals {
  const controller = new AbortController();
  const stops: (() => void)[] = [];
  for (const signal of signals) {
    if (!signal) continue;
    const follow = () => controller.abort(signal.reason);
    if (signal.aborted) follow();
    else signal.addEventListener("abort", follow, { once: true });
    stops.push(() => signal.removeEventListener("abort", follow));
  }
  return {
    signal: controller.signal,
    stop() {
      for (const stop of stops.splice(0)) stop();
    },
  };
}
