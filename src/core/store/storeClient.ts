/** The store's port in the host's thread: every call is a message to the worker. */
import { startRemoteObject } from "../worker/rpc.ts";
import { workerUrl } from "../assets.ts";
import type { Store } from "./store.ts";
import type { StoreHostOptions } from "./storeHost.ts";

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
      await remote.call("close").catch(() => {});
      await remote.terminate();
    },
  };
}
