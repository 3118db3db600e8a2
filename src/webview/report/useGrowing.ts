import { useEffect, useState } from "preact/hooks";

/**
 * How many of a long list are there by now: some at once, more with every frame, so that no frame makes all of them.
 *
 * @param step how many come with a frame
 */
export function useGrowing(count: number, step: number): number {
  const [limit, setLimit] = useState(step);
  useEffect(() => {
    if (limit > count) setLimit(Math.max(step, count));
    if (limit >= count) return;
    const frame = requestAnimationFrame(() => setLimit(limit + step));
    return () => cancelAnimationFrame(frame);
  }, [limit, count]);
  return Math.min(limit, count);
}
