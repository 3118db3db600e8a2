import { monitorEventLoopDelay } from "node:perf_hooks";
import type { DisposableLike } from "../../shared/disposables.ts";
import type { HostFigures } from "../../shared/memoryFigures.ts";

export type LoopDelay = NonNullable<HostFigures["loopDelayMs"]>;

/** How late the process's event loop is: what a person feels as stutter, whoever caused it. Costs a timer while it looks. */
export interface EventLoopWatch extends DisposableLike {
  /** Begins anew. */
  begin(): void;
  /** Looks no longer; what was seen stays. */
  end(): void;
  /** Milliseconds; null: nothing was seen yet. */
  delayMs(): LoopDelay | null;
}

const RESOLUTION_MS = 10;

export function createEventLoopWatch(): EventLoopWatch {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  // Node counts the whole time between two looks, in nanoseconds: being on time is no delay.
  const late = (nanoseconds: number) => Math.max(0, Math.round(nanoseconds / 1e5) / 10 - RESOLUTION_MS);
  return {
    begin() {
      histogram.reset();
      histogram.enable();
    },
    end: () => void histogram.disable(),
    delayMs() {
      if (histogram.count === 0) return null;
      return { p50: late(histogram.percentile(50)), p99: late(histogram.percentile(99)), max: late(histogram.max) };
    },
    dispose: () => void histogram.disable(),
  };
}
