/** The store's port in the host's thread: every call is a message to the worker. */
import { setTimeout } from "node:timers/promises";
import { startRemoteObject } from "../worker/rpc.ts";
import { workerUrl } from "../assets.ts";
import type { Store } from "./store.ts";
import type { StoreHostOptions } from "./storeHost.ts";

const CLOSE_WITHIN_MS = 500;

const METHODS = [
  "open",
  "plan",
  "saveAnalyses",
  "startRun",
  "endRun",
  "recordIntent",
  "recordReply",
  "settle",
  "recordFailure",
  "saveReport",
  "lastReport",
  "stats",
  "verify",
  "prune",
  "clear",
] as const satisfies readonly (keyof Store)[];

export function startStore(options: StoreHostOptions): Store {
  const remote = startRemoteObject(workerUrl("store/storeWorker"), options);
  const methods = METHODS.map((name) => [name, (...args: readonly unknown[]) => remote.call(name, ...args)] as const);
  return {
    ...(Object.fromEntries(methods) as unknown as Omit<Store, "close">),
    async close() {
      // Busy with a plan, the worker would answer late; what is committed is safe, and leases end with the process.
      await Promise.race([
        remote.call("close").catch(() => {}),
        setTimeout(CLOSE_WITHIN_MS, undefined, { ref: false }),
      ]);
      await remote.terminate();
    },
  };
}
