/** Whether a run has warned of something: the next one is to say it again, so that one has to be made. */
import type { Logger } from "../core/ports.ts";
import type { RunEvent } from "../shared/events.ts";

export interface Warnings {
  /** Passes on what it is told. */
  readonly logger: Logger;
  onEvent(event: RunEvent): void;
  hasAny(): boolean;
}

export function watchWarnings(logger: Logger): Warnings {
  let hasAny = false;
  const watched = (say: Logger["warn"]) => (message: string) => {
    hasAny = true;
    say(message);
  };
  return {
    logger: { ...logger, warn: watched(logger.warn), error: watched(logger.error) },
    onEvent(event) {
      if (event.type === "notice" && event.level !== "info") hasAny = true;
    },
    hasAny: () => hasAny,
  };
}
