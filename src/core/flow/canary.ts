/**
 * The first request goes alone: a refused key, an empty account or an unknown model is found out by one request, and
 * what others would share in the provider's cache is written once.
 */
import { isModelError } from "../model/modelError.ts";
import { onAbort } from "./onAbort.ts";

export interface Canary {
  /**
   * `lead`: this one is the first and reports how it went. `go`: the provider is known to accept.
   * Rejects with the leader's terminal error, or with the signal's reason when aborted while waiting.
   */
  enter(signal?: AbortSignal): Promise<"lead" | "go">;
  /** From the leader, at the provider's acceptance or at the first token: all others go. */
  accepted(): void;
  /** From the leader. A terminal error turns everyone away, now and later; after any other the next one leads. */
  failed(error: unknown): void;
  /** `none`: nobody has entered, or everybody has failed. */
  readonly state: "none" | "leading" | "open" | "closed";
}

interface Waiter {
  resolve(role: "lead" | "go"): void;
  reject(error: unknown): void;
}

export function createCanary(): Canary {
  const waiters = new Set<Waiter>();
  let state: Canary["state"] = "none";
  let terminalError: unknown;

  const takeAll = () => {
    const all = [...waiters];
    waiters.clear();
    return all;
  };

  const promoteNext = () => {
    const [next] = waiters;
    state = next ? "leading" : "none";
    if (!next) return;
    waiters.delete(next);
    next.resolve("lead");
  };

  const wait = (signal: AbortSignal | undefined) =>
    new Promise<"lead" | "go">((resolve, reject) => {
      const waiter: Waiter = {
        resolve: (role) => (stopListening(), resolve(role)),
        reject: (error) => (stopListening(), reject(error as Error)),
      };
      const stopListening = onAbort(signal, () => {
        waiters.delete(waiter);
        reject(signal?.reason as Error);
      });
      waiters.add(waiter);
    });

  return {
    get state() {
      return state;
    },
    async enter(signal) {
      signal?.throwIfAborted();
      if (state === "open") return "go";
      if (state === "closed") throw terminalError;
      if (state === "leading") return wait(signal);
      state = "leading";
      return "lead";
    },
    accepted() {
      if (state !== "leading") return;
      state = "open";
      for (const waiter of takeAll()) waiter.resolve("go");
    },
    failed(error) {
      if (state === "closed") return;
      if (isModelError(error) && error.kind === "terminal") {
        state = "closed";
        terminalError = error;
        for (const waiter of takeAll()) waiter.reject(error);
      } else if (state === "leading") {
        promoteNext();
      }
    },
  };
}
