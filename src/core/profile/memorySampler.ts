import type { Report } from "../../shared/report.ts";

export interface MemorySampler {
  /** Cheap to call often: takes a sample at most every `everyMs`. */
  sample(): { readonly rssBytes: number; readonly heapBytes: number } | undefined;
  totals(): Report["memory"];
}

/** Figures of the whole process: in an editor the host's memory belongs to all extensions. */
export function createMemorySampler(monotonicMs: () => number, everyMs = 500): MemorySampler {
  const startRssBytes = process.memoryUsage.rss();
  let peakRssBytes = startRssBytes;
  let peakHeapBytes = 0;
  let lastAt = -Infinity;
  const take = () => {
    const { rss, heapUsed } = process.memoryUsage();
    peakRssBytes = Math.max(peakRssBytes, rss);
    peakHeapBytes = Math.max(peakHeapBytes, heapUsed);
    return { rssBytes: rss, heapBytes: heapUsed };
  };
  return {
    sample() {
      const at = monotonicMs();
      if (at - lastAt < everyMs) return undefined;
      lastAt = at;
      return take();
    },
    totals() {
      take();
      return { startRssBytes, peakRssBytes, peakHeapBytes };
    },
  };
}
