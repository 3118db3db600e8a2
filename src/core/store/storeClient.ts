/** The store's port in the host's thread: every call is a message to the worker. */
import { setTimeout } from "node:timers/promises";
import { startRemoteObject } from "../worker/rpc.ts";
import { workerUrl } from "../assets.ts";
import { onAbort } from "../flow/onAbort.ts";
import { unlessAborted } from "../flow/unlessAborted.ts";
import type { Plan, PlanRequest, Store, Survey } from "./store.ts";
import type { StoreHostOptions } from "./storeHost.ts";

const CLOSE_WITHIN_MS = 500;

const METHODS = [
  "open",
  "saveOutlines",
  "saveAnalyses",
  "startRun",
  "endRun",
  "recordIntent",
  "spentToday",
  "recordReply",
  "settle",
  "recordFailure",
  "saveReport",
  "repeatReport",
  "lastReport",
  "dismissals",
  "dismiss",
  "undismiss",
  "shareDismissals",
  "spending",
  "stats",
  "verify",
  "prune",
  "clear",
  "eraseAll",
] as const satisfies readonly Exclude<keyof Store, "plan" | "survey" | "close">[];

export function startStore(options: StoreHostOptions): Store {
  const remote = startRemoteObject(workerUrl("store/storeWorker"), options);
  const methods = METHODS.map((name) => [name, (...args: readonly unknown[]) => remote.call(name, ...args)] as const);
  let plans = 0;
  const untilAborted = async <T>(method: "plan" | "survey", request: PlanRequest, signal: AbortSignal | undefined) => {
    const number = ++plans;
    const made = remote.call(method, request, number) as Promise<T>;
    const abandon = () => void remote.call("abandonPlan", number).catch(() => {});
    const stopListening = signal && onAbort(signal, abandon);
    return unlessAborted(made, signal).finally(stopListening);
  };
  return {
    ...(Object.fromEntries(methods) as unknown as Omit<Store, "plan" | "survey" | "close">),
    plan: (request, signal) => untilAborted<Plan>("plan", request, signal),
    survey: (request, signal) => untilAborted<Survey>("survey", request, signal),
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
