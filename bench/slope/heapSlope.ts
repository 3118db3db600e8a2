export interface HeapPoint {
  /** Reviewed so far. */
  readonly files: number;
  readonly heapBytes: number;
}

/** By least squares. @returns bytes for a thousand files; 0 for fewer than two points */
export function heapSlope(points: readonly HeapPoint[]): number {
  if (points.length < 2) return 0;
  const mean = (of: (point: HeapPoint) => number) => points.reduce((sum, one) => sum + of(one), 0) / points.length;
  const files = mean((one) => one.files);
  const heap = mean((one) => one.heapBytes);
  const spread = points.reduce((sum, one) => sum + (one.files - files) ** 2, 0);
  if (spread === 0) return 0;
  return (points.reduce((sum, one) => sum + (one.files - files) * (one.heapBytes - heap), 0) / spread) * 1_000;
}
