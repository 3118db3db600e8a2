/** Whether a series of sizes, one per run, is a leak: grows steadily, and has not been about to level off. */

/** Runs that are looked at, and how many of them make one low point: what rises and falls is judged by its lows. */
const RUNS = 18;
const WINDOW = 3;

/** Less is no matter, whatever its course. */
const MIN_GROWTH_BYTES = 2 * 1024 * 1024;
const MIN_GROWTH_SHARE = 0.25;
/** More of the growth in one step is another amount of work, not a leak. */
const MAX_STEP_SHARE = 0.5;
/** A cache that fills grows ever less; a leak does not. */
const MIN_LAST_STEP_SHARE = 0.5;

/** @param sizes bytes after each run, oldest first. Returns bytes grown over the last runs; 0: no leak. */
export function leakedBytes(sizes: readonly number[]): number {
  if (sizes.length < RUNS) return 0;
  const recent = sizes.slice(-RUNS);
  const lows = Array.from({ length: RUNS / WINDOW }, (_, index) =>
    Math.min(...recent.slice(index * WINDOW, (index + 1) * WINDOW)),
  );
  const steps = lows.slice(1).map((low, index) => low - lows[index]!);
  const growth = lows.at(-1)! - lows[0]!;
  const isLarge = growth >= MIN_GROWTH_BYTES && growth >= lows[0]! * MIN_GROWTH_SHARE;
  const meanStep = growth / steps.length;
  // The newest steps together: one alone may be small by chance.
  const newest = steps.slice(-2).reduce((sum, step) => sum + step, 0) / 2;
  const isSteady =
    steps.every((step) => step > 0 && step <= growth * MAX_STEP_SHARE) && newest >= meanStep * MIN_LAST_STEP_SHARE;
  return isLarge && isSteady ? growth : 0;
}

/** Least squares over what collections left; bytes per minute, null with fewer than five points. */
export function slopePerMinute(points: readonly { readonly atMs: number; readonly bytes: number }[]): number | null {
  if (points.length < 5) return null;
  const meanMs = points.reduce((sum, { atMs }) => sum + atMs, 0) / points.length;
  const meanBytes = points.reduce((sum, { bytes }) => sum + bytes, 0) / points.length;
  const spread = points.reduce((sum, { atMs }) => sum + (atMs - meanMs) ** 2, 0);
  if (spread === 0) return null;
  const joint = points.reduce((sum, { atMs, bytes }) => sum + (atMs - meanMs) * (bytes - meanBytes), 0);
  return (joint / spread) * 60_000;
}
