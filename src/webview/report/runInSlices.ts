export interface SliceClock {
  /** Monotonic, milliseconds. */
  nowMs(): number;
  /** Runs it after what the page has to do meanwhile. */
  later(run: () => void): void;
}

/** Far below the 50 ms from which people feel a page stand still, and leaves room for the drawing that follows. */
const sliceMs = 12;

/**
 * Runs `steps` to its end in slices: the first at once, so that small work is done on return. `done` gets its result.
 *
 * @returns calls the rest off
 */
export function runInSlices<Result>(
  steps: Generator<unknown, Result>,
  done: (result: Result) => void,
  clock: SliceClock = pageClock,
): () => void {
  let isOff = false;

  function slice() {
    if (isOff) return;
    const endMs = clock.nowMs() + sliceMs;
    do {
      const step = steps.next();
      if (step.done) return done(step.value);
    } while (clock.nowMs() < endMs);
    clock.later(slice);
  }

  slice();
  return () => {
    isOff = true;
  };
}

const pageClock: SliceClock = {
  nowMs: () => performance.now(),
  later: (run) => void setTimeout(run),
};
