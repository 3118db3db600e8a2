/** The ports as a running process has them. */
import type { Clock, LanguageModels, Logger, Ports, Secrets } from "./ports.ts";

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  sleep(ms, signal) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal?.reason as Error);
      };
      // Timers above 2^31-1 ms fire at once: a longer wait is cut there and is long enough for any retry-after.
      const timer = setTimeout(
        () => {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        },
        Math.min(Math.max(0, ms), 2 ** 31 - 1),
      );
      signal?.addEventListener("abort", onAbort, { once: true });
    });
  },
};

export interface OwnPorts {
  readonly secrets: Secrets;
  readonly logger: Logger;
  readonly fetch?: typeof fetch;
  readonly languageModels?: LanguageModels;
  readonly problems?: Ports["problems"];
}

export function createSystemPorts(own: OwnPorts): Ports {
  return {
    clock: systemClock,
    logger: own.logger,
    secrets: own.secrets,
    fetch: own.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    languageModels: own.languageModels,
    problems: own.problems,
  };
}
