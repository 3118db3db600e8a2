/** Which of the things that can be made again are worth their place, when there is not enough of it. */

export interface Evictable {
  readonly bytes: number;
  /** What making it again takes. */
  readonly costMs: number;
  /** Days on which it was used after the one on which it was made. */
  readonly uses: number;
  readonly usedAtMs: number;
}

const DAY_MS = 86_400_000;

/**
 * What is saved by keeping a byte of it: the time to make it again, times how likely it is to be asked for. Of that its
 * past uses speak, the less the longer they are ago.
 */
export function valueOf({ bytes, costMs, uses, usedAtMs }: Evictable, nowMs: number): number {
  const idleDays = Math.max(0, nowMs - usedAtMs) / DAY_MS;
  return (costMs * (uses + 1)) / (idleDays + 1) / Math.max(1, bytes);
}

/** What has to go so that the rest fits; of least value first. */
export function chooseEvicted<One extends Evictable>(all: readonly One[], maxBytes: number, nowMs: number): One[] {
  let total = all.reduce((sum, one) => sum + one.bytes, 0);
  if (total <= maxBytes) return [];
  const valued = all.map((one) => ({ one, value: valueOf(one, nowMs) })).toSorted((a, b) => a.value - b.value);
  const evicted: One[] = [];
  for (const { one } of valued) {
    if (total <= maxBytes) break;
    evicted.push(one);
    total -= one.bytes;
  }
  return evicted;
}
