/** The latest samples of a stream and their percentiles, in bounded memory. */

export interface SampleRing {
  push(value: number): void;
  /** `count` and `max` are of all samples ever, percentiles of those still held; zeros while there is none. */
  summary(): {
    readonly count: number;
    readonly p50: number;
    readonly p95: number;
    readonly p99: number;
    readonly max: number;
  };
  /** Those that are held, in no order. */
  values(): readonly number[];
}

const CAPACITY = 4_096;

export function createSampleRing(capacity = CAPACITY): SampleRing {
  const values: number[] = [];
  let count = 0;
  let max = 0;
  let known: ReturnType<SampleRing["summary"]> | undefined;
  return {
    push(value) {
      values[count % capacity] = value;
      count++;
      max = Math.max(max, value);
      known = undefined;
    },
    values: () => values,
    summary() {
      known ??= summarise(values, count, max);
      return known;
    },
  };
}

function summarise(values: readonly number[], count: number, max: number) {
  const sorted = Float64Array.from(values).toSorted();
  // Nearest rank: always one of the samples.
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { count, p50: at(0.5), p95: at(0.95), p99: at(0.99), max };
}
