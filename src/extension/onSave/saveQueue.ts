/** Which saved files are checked when: debounced, merged, one check at a time, and never beside a run. */
import type { DisposableLike } from "../../shared/disposables.ts";

export interface SaveQueueOptions {
  /** From the last save to the check. */
  readonly delayMs: () => number;
  /** Returns what calls it off. */
  readonly schedule: (run: () => void, delayMs: number) => () => void;
  /** A run is under way: saves wait for `resume`. */
  readonly isBusy: () => boolean;
  /** Never rejects; ends soon when the signal is aborted. */
  readonly check: (paths: readonly string[], signal: AbortSignal) => Promise<void>;
}

export interface SaveQueue extends DisposableLike {
  /** A check of what was saved before under the same path is given up: it would be about text that is gone. */
  saved(path: string): void;
  /** A run may have ended. */
  resume(): void;
  /** Gives up the check under way, for a run that somebody asked for; its files wait. Resolves when it has ended. */
  giveWay(): Promise<void>;
}

interface Check {
  readonly paths: ReadonlySet<string>;
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

export function createSaveQueue({ delayMs, schedule, isBusy, check }: SaveQueueOptions): SaveQueue {
  const waiting = new Set<string>();
  let current: Check | undefined;
  let callOff: (() => void) | undefined;
  let isDisposed = false;

  const arm = () => {
    callOff?.();
    callOff = isDisposed ? undefined : schedule(start, delayMs());
  };
  const resume = () => {
    if (waiting.size > 0 && !callOff && !current && !isBusy()) arm();
  };
  const start = () => {
    callOff = undefined;
    if (current || isBusy() || waiting.size === 0) return;
    const paths = new Set(waiting);
    waiting.clear();
    const abort = new AbortController();
    const done = check([...paths], abort.signal).finally(() => {
      current = undefined;
      if (abort.signal.aborted) for (const path of paths) waiting.add(path);
      resume();
    });
    current = { paths, abort, done };
  };
  const giveUp = () => {
    current?.abort.abort();
    return current?.done ?? Promise.resolve();
  };

  return {
    saved(path) {
      if (isDisposed) return;
      waiting.add(path);
      if (current?.paths.has(path)) void giveUp();
      arm();
    },
    resume,
    giveWay: giveUp,
    dispose() {
      isDisposed = true;
      callOff?.();
      callOff = undefined;
      waiting.clear();
      void giveUp();
    },
  };
}
