/** How a figure grows with the size of the work. */

export interface Point {
  readonly size: number;
  readonly value: number;
}

/** value ≈ factor · size ^ exponent: 1 is growth in step, 0 none. */
export interface PowerFit {
  readonly factor: number;
  readonly exponent: number;
}

/**
 * Least squares on logarithms: each doubling counts as much as any other.
 * @returns null for fewer than two sizes, or where a value is 0 or below: a logarithm has none of these
 */
export function fitPower(points: readonly Point[]): PowerFit | null {
  if (points.some(({ size, value }) => !(size > 0) || !(value > 0))) return null;
  const logs = points.map(({ size, value }) => ({ x: Math.log(size), y: Math.log(value) }));
  const meanX = mean(logs.map(({ x }) => x));
  const meanY = mean(logs.map(({ y }) => y));
  const spread = logs.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  if (!(spread > 0)) return null;
  const exponent = logs.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / spread;
  return { exponent, factor: Math.exp(meanY - exponent * meanX) };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
