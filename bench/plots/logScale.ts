/** A logarithmic axis: each tenfold takes the same length. */

export interface LogScale {
  /** Where a value lies. */
  at(value: number): number;
  /** Powers of ten on the axis. */
  readonly ticks: readonly number[];
}

/**
 * From the power of ten below all values to the one above them.
 * @param values above 0
 * @param from where the axis begins @param to where it ends
 */
export function logScale(values: readonly number[], from: number, to: number): LogScale {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  return {
    at: (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from),
    ticks: Array.from({ length: high - low + 1 }, (_, at) => 10 ** (low + at)),
  };
}
