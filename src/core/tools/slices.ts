import { setImmediate as nextTurn } from "node:timers/promises";

/** So long this thread does nothing else. */
const SLICE_MS = 8;

/** Call between small steps of long work: gives the thread away when it is time. */
export function createSlices(): () => Promise<void> | undefined {
  let until = performance.now() + SLICE_MS;
  return () => {
    if (performance.now() < until) return undefined;
    return nextTurn().then(() => {
      until = performance.now() + SLICE_MS;
    });
  };
}
