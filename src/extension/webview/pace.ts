import type { DisposableLike } from "../../shared/disposables.ts";
import type { Schedule } from "./coalescer.ts";

/** Whether it is time for what is done now and then. */
export interface Pace extends DisposableLike {
  /** True at first, and not again before `everyMs` have passed. */
  isDue(): boolean;
  /** The next time it is, however soon. */
  hurry(): void;
  dispose(): void;
}

/** @param whenDue called once the time has passed, if somebody asked too early: what was left out then is owed */
export function createPace(schedule: Schedule, everyMs: number, whenDue: () => void): Pace {
  let callOff: (() => void) | null = null;
  let isOwed = false;
  let isHurried = false;
  let isDisposed = false;

  function passed() {
    callOff = null;
    if (isOwed && !isDisposed) whenDue();
  }

  return {
    isDue() {
      if (callOff && !isHurried) {
        isOwed = true;
        return false;
      }
      callOff?.();
      isOwed = false;
      isHurried = false;
      callOff = schedule(passed, everyMs);
      return true;
    },
    hurry() {
      isHurried = true;
    },
    dispose() {
      isDisposed = true;
      callOff?.();
      callOff = null;
    },
  };
}
