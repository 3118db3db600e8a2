import type { Clock } from "../ports.ts";

const WINDOW_MS = 60_000;

export interface Shards {
  /** Counts one more request with that beginning. @returns which machine it is for, from 0 */
  next(prefix: string): number;
}

/** Fills one machine after the other; when it is quiet again the first ones are used, which have been there before. */
export function createShards(perMinute: number | null, clock: Pick<Clock, "monotonicMs">): Shards {
  const sentAtMs = new Map<string, number[]>();
  return {
    next(prefix) {
      if (perMinute === null) return 0;
      const nowMs = clock.monotonicMs();
      const recent = (sentAtMs.get(prefix) ?? []).filter((ms) => ms > nowMs - WINDOW_MS);
      sentAtMs.set(prefix, [...recent, nowMs]);
      return Math.floor(recent.length / perMinute);
    },
  };
}
