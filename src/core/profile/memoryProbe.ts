import { constants, PerformanceObserver, type PerformanceEntry } from "node:perf_hooks";
import type { DisposableLike } from "../../shared/disposables.ts";
import type { MemoryReading } from "./memoryWatcher.ts";

export interface MemoryProbe extends DisposableLike {
  read(): MemoryReading;
}

/** Reads this process. Counts full collections while it is not disposed. */
export function createMemoryProbe(): MemoryProbe {
  let collections = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      // Its type does not know what entries of this kind carry.
      const { detail } = entry as PerformanceEntry & { readonly detail?: { readonly kind?: number } };
      if (detail?.kind === constants.NODE_PERFORMANCE_GC_MAJOR) collections++;
    }
  });
  observer.observe({ entryTypes: ["gc"] });
  return {
    read() {
      const { rss, heapUsed, external } = process.memoryUsage();
      return { rssBytes: rss, heapBytes: heapUsed, externalBytes: external, collections };
    },
    dispose: () => observer.disconnect(),
  };
}
