/** The store's port in the host's thread: every call is a message to the worker. */
import { setTimeout } from "node:timers/promises";
import { startRemoteObject } from "../worker/rpc.ts";
import { workerUrl } from "../assets.ts";
import { onAbort } from "../flow/onAbort.ts";
import { unlessAborted } from "../flow/unlessAborted.ts";
import type { LastReport, Plan, PlanRequest } from "./plan.ts";
import { packReport } from "./savedReport.ts";
import type { Store } from "./store.ts";
import type { OutlineAnswer, Survey } from "./survey.ts";
import type { Asked, StoreHostOptions } from "./storeHost.ts";

/** Calls with a number, by which they are given up. */
type Numbered = "plan" | "unchanged" | "survey" | "ask";

const CLOSE_WITHIN_MS = 500;

const METHODS = [
  "open",
  "holds",
  "outline",
  "saveOutlines",
  "saveAnalyses",
  "startRun",
  "endRun",
  "recordIntent",
  "recordPackIntent",
  "findLooks",
  "recordLookIntent",
  "spentToday",
  "recordReply",
  "settleLook",
  "settle",
  "settlePack",
  "saveShared",
  "recordFailure",
  "recordBatch",
  "noteBatch",
  "batches",
  "batchUnits",
  "endBatchUnits",
  "endBatch",
  "repeatReport",
  "lastReport",
  "dismissals",
  "dismiss",
  "undismiss",
  "shareDismissals",
  "spending",
  "stats",
  "verify",
  "forgetRecent",
  "rest",
  "prune",
  "clear",
  "eraseAll",
] as const satisfies readonly Exclude<keyof Store, Numbered | "saveReport" | "close">[];

/** @param onNotice is told what a person should know of what happened after the opening */
export function startStore(options: StoreHostOptions, onNotice: (notice: string) => void = () => {}): Store {
  const remote = startRemoteObject(workerUrl("store/storeWorker"), options, onNotice);
  const methods = METHODS.map((name) => [name, (...args: readonly unknown[]) => remote.call(name, ...args)] as const);
  let plans = 0;
  /** Until the last report is stored: a small one must not overtake a large one that it is to amend. */
  let reports: Promise<void> = Promise.resolve();
  const untilAborted = async <T>(method: Numbered, request: PlanRequest | Asked, signal: AbortSignal | undefined) => {
    const number = ++plans;
    const made = remote.call(method, request, number) as Promise<T>;
    const abandon = () => void remote.call("abandonPlan", number).catch(() => {});
    const stopListening = signal && onAbort(signal, abandon);
    return unlessAborted(made, signal).finally(stopListening);
  };
  return {
    ...(Object.fromEntries(methods) as unknown as Omit<Store, Numbered | "saveReport" | "close">),
    plan: (request, signal) => untilAborted<Plan>("plan", request, signal),
    unchanged: (request, signal) => untilAborted<LastReport>("unchanged", request, signal),
    survey: (request, signal) => untilAborted<Survey>("survey", request, signal),
    ask: (request, question, signal) => untilAborted<OutlineAnswer>("ask", { request, question }, signal),
    saveReport(workspace, saved, saving) {
      const mine = reports.then(async () => {
        await remote.call("saveReport", workspace, await packReport(workspace, saved), saving);
      });
      reports = mine.catch(() => {});
      return mine;
    },
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
