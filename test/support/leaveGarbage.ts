/** A heap that work has left full. */
import v8 from "node:v8";

export const committedBytes = (): number => v8.getHeapStatistics().total_heap_size;

/** Some tens of megabytes that nobody holds any more, and that V8 does not collect by itself. @returns how large the heap was with it */
export function leaveGarbage(): number {
  const kept: object[] = [];
  while (kept.length < 1_000_000) kept.push({ at: kept.length });
  return committedBytes();
}
