/**
 * The look at the files behind a report that was told without one. The editor tells of changes late, and not of all: what
 * it had not told of is reviewed after all. Knows nothing of VS Code.
 */
import type { Logger } from "../core/ports.ts";
import type { HeldReports } from "./heldReports.ts";

export interface LookAgainOptions {
  readonly held: Pick<HeldReports, "forget">;
  readonly logger: Pick<Logger, "info">;
  /** Resolves when no run is under way; at once when there is none. */
  readonly idle: () => Promise<void>;
}

export interface LookAgain {
  /**
   * Never rejects.
   * @param recheck whether what was told holds
   * @param abort of the run that told it: whoever cancels that wants none to begin by itself
   * @param review what was told does not hold
   */
  begin(
    recheck: (signal: AbortSignal) => Promise<boolean>,
    abort: AbortController,
    review: () => Promise<void>,
  ): Promise<void>;
  cancel(): void;
}

export function createLookAgain({ held, logger, idle }: LookAgainOptions): LookAgain {
  let latest: AbortController | undefined;
  return {
    async begin(recheck, abort, review) {
      const { signal } = abort;
      // A later look sees what an earlier one would.
      latest?.abort();
      latest = abort;
      // null: nobody knows.
      const holds = signal.aborted ? null : await recheck(signal).catch(() => null);
      if (latest !== abort || holds === true) return;
      // The next run looks by itself.
      held.forget();
      // One that was begun meanwhile may be about other files.
      await idle();
      if (holds === null || signal.aborted) return;
      logger.info("Files have changed that the editor had not told of: they are reviewed now.");
      await review();
    },
    cancel: () => latest?.abort(),
  };
}
