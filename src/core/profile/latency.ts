import { createHistogram } from "node:perf_hooks";
import type { Percentiles } from "../../shared/report.ts";

export interface Latency {
  record(ms: number): void;
  /** Milliseconds; zeros while nothing was recorded. */
  percentiles(): Percentiles;
}

/** Bounded memory however many samples. Node's histograms take whole numbers from 1: microseconds. */
export function createLatency(): Latency {
  const histogram = createHistogram();
  return {
    record: (ms) => histogram.record(Math.max(1, Math.round(ms * 1_000))),
    percentiles() {
      if (histogram.count === 0) return { p50: 0, p95: 0, p99: 0, max: 0 };
      const at = (percent: number) => Math.round(histogram.percentile(percent)) / 1_000;
      return { p50: at(50), p95: at(95), p99: at(99), max: histogram.max / 1_000 };
    },
  };
}
