import type { DisposableLike } from "../../shared/disposables.ts";
import { collectGarbage } from "./collectGarbage.ts";

export interface RestAfterWork extends DisposableLike {
  /** Settles as `work` does. */
  during<T>(work: () => Promise<T>): Promise<T>;
}

export interface RestAfterWorkOptions {
  /** Lets other threads give back what they can. */
  readonly restOthers: () => Promise<void>;
  readonly onTrouble: (error: unknown) => void;
  /** Of the process; stands in for the system's word. */
  readonly residentBytes?: () => number;
  /** Stands in for this thread's collection. */
  readonly collect?: () => Promise<void>;
}

/** Who has started a review may well look at a file and start the next. */
const IDLE_MS = 60_000;

/** In the editor's host all extensions wait for a collection, so it has to be worth it. */
const WORTH_BYTES = 16 * 1024 * 1024;

/**
 * Gives memory back when nothing has been under way for a minute, if work has taken a good deal since the last time and it
 * is still there. What others in the process take and leave is no reason: they would wait again and again.
 */
export function createRestAfterWork(options: RestAfterWorkOptions): RestAfterWork {
  const { residentBytes = () => process.memoryUsage.rss(), collect = collectGarbage } = options;
  let underWay = 0;
  let timer: NodeJS.Timeout | undefined;
  let isDisposed = false;
  /** Before the first work, or after the last rest, or less if it has been less since. */
  let restedBytes = Infinity;
  let beganBytes = 0;
  /** By how much the process has grown during work since then. */
  let takenBytes = 0;

  const rest = async () => {
    if (Math.min(takenBytes, residentBytes() - restedBytes) < WORTH_BYTES) return;
    try {
      await options.restOthers();
      // This thread last: it gives back the pages too that other threads' heaps have left to the process.
      if (underWay > 0 || isDisposed) return;
      await collect();
      restedBytes = residentBytes();
      takenBytes = 0;
    } catch (error) {
      options.onTrouble(error);
    }
  };

  const begin = () => {
    clearTimeout(timer);
    beganBytes = residentBytes();
    restedBytes = Math.min(restedBytes, beganBytes);
  };

  const end = () => {
    takenBytes += Math.max(0, residentBytes() - beganBytes);
    // An idle minute does not keep the process alive.
    if (!isDisposed) timer = setTimeout(() => void rest(), IDLE_MS).unref();
  };

  return {
    async during(work) {
      if (underWay++ === 0) begin();
      try {
        return await work();
      } finally {
        if (--underWay === 0) end();
      }
    },
    dispose() {
      isDisposed = true;
      clearTimeout(timer);
    },
  };
}
