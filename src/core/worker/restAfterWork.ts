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
const WORTH_BYTES = 32 * 1024 * 1024;

/** Gives memory back when nothing has been under way for a minute, if work has taken a good deal since the last time. */
export function createRestAfterWork(options: RestAfterWorkOptions): RestAfterWork {
  const { residentBytes = () => process.memoryUsage.rss(), collect = collectGarbage } = options;
  let underWay = 0;
  let timer: NodeJS.Timeout | undefined;
  let isDisposed = false;
  /** Before the first work, or after the last rest, or less if it has been less since. */
  let restedBytes = Infinity;

  const rest = async () => {
    if (residentBytes() - restedBytes < WORTH_BYTES) return;
    try {
      await options.restOthers();
      // This thread last: it gives back the pages too that other threads' heaps have left to the process.
      if (underWay > 0) return;
      await collect();
      restedBytes = residentBytes();
    } catch (error) {
      options.onTrouble(error);
    }
  };

  return {
    async during(work) {
      clearTimeout(timer);
      underWay++;
      restedBytes = Math.min(restedBytes, residentBytes());
      try {
        return await work();
      } finally {
        // An idle minute does not keep the process alive.
        if (--underWay === 0 && !isDisposed) timer = setTimeout(() => void rest(), IDLE_MS).unref();
      }
    },
    dispose() {
      isDisposed = true;
      clearTimeout(timer);
    },
  };
}
