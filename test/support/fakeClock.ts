/** A clock that moves only when told to. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Clock } from "../../src/core/ports.ts";

export interface FakeClock extends Clock {
  /** Moves both clocks on, waking each sleeper at its own time and letting what it starts run before the next. */
  advance(ms: number): Promise<void>;
  /** Sets the wall clock alone, as a time server or a person would. */
  setWallClock(epochMs: number): void;
  /** How many are asleep now. */
  readonly sleepers: number;
}

interface Sleeper {
  readonly wakeAtMs: number;
  wake(): void;
}

/**
 * @param epochMs the wall clock at the start; the monotonic one starts at 0
 * @param turns of the event loop that pass before the next sleeper's time comes: what takes no time may take several
 */
export function createFakeClock(epochMs = Date.UTC(2026, 10, 20), turns = 1): FakeClock {
  const sleepers = new Set<Sleeper>();
  let elapsedMs = 0;
  let wallOffsetMs = epochMs;

  const settle = async () => {
    for (let turn = 0; turn < turns; turn++) await nextTurn();
  };

  const nextBefore = (untilMs: number): Sleeper | undefined => {
    let next: Sleeper | undefined;
    for (const sleeper of sleepers) {
      if (sleeper.wakeAtMs <= untilMs && (!next || sleeper.wakeAtMs < next.wakeAtMs)) next = sleeper;
    }
    return next;
  };

  return {
    now: () => wallOffsetMs + elapsedMs,
    monotonicMs: () => elapsedMs,
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason as Error);
        const sleeper: Sleeper = {
          wakeAtMs: elapsedMs + Math.max(0, ms),
          wake() {
            sleepers.delete(sleeper);
            signal?.removeEventListener("abort", onAbort);
            resolve();
          },
        };
        const onAbort = () => {
          sleepers.delete(sleeper);
          reject(signal?.reason as Error);
        };
        sleepers.add(sleeper);
        signal?.addEventListener("abort", onAbort, { once: true });
      });
    },
    async advance(ms) {
      const untilMs = elapsedMs + ms;
      await settle();
      for (let next = nextBefore(untilMs); next; next = nextBefore(untilMs)) {
        elapsedMs = Math.max(elapsedMs, next.wakeAtMs);
        next.wake();
        await settle();
      }
      elapsedMs = untilMs;
      await settle();
    },
    setWallClock(nextEpochMs) {
      wallOffsetMs = nextEpochMs - elapsedMs;
    },
    get sleepers() {
      return sleepers.size;
    },
  };
}
