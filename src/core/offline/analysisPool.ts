/** The analysis workers behind one queue. Text for the model goes first: a request waits for it. */
import { OnceoverError } from "../../shared/errors.ts";
import { workerUrl } from "../assets.ts";
import type { Logger } from "../ports.ts";
import type { AnalysisPool, AnalyzeResult, OutlineResult, PrepareResult, RedactResult } from "./analysis.ts";
import { createLane, type Lane, type QueuedJob } from "./analysisLane.ts";
import type { Job, JobResult } from "./analysisProtocol.ts";
import { createCompileCount } from "./withoutTierUp.ts";

export interface AnalysisPoolOptions {
  readonly logger: Logger;
  /** Threads, 1 or 2 (default 2). More would take the machine from whoever sits in front of it. */
  readonly size?: number;
  /** Default 20,000. */
  readonly jobTimeoutMs?: number;
  /** Stands in for the worker's entry. */
  readonly entry?: URL;
}

const MAX_THREADS = 2;
/** Few messages, and yet text for the model never waits for more than some tens of milliseconds. */
const BATCH = 4;

interface Waiting extends QueuedJob {
  readonly signal: AbortSignal | undefined;
}

export function createAnalysisPool(options: AnalysisPoolOptions): AnalysisPool {
  const urgent: Waiting[] = [];
  const patient: Waiting[] = [];
  let isDisposed = false;
  const size = Math.max(1, Math.min(MAX_THREADS, options.size ?? MAX_THREADS));
  const compileCount = createCompileCount();
  const lanes: Lane[] = Array.from({ length: size }, () =>
    createLane({
      entry: options.entry ?? workerUrl("offline/analysisWorker"),
      compileCount,
      jobTimeoutMs: options.jobTimeoutMs ?? 20_000,
      onIdle: () => dispatch(),
      onReturned: (jobs) => patient.unshift(...(jobs as readonly Waiting[])),
      onTrouble: (message) => options.logger.warn(message),
    }),
  );

  function dispatch(): void {
    for (const lane of lanes) {
      if (isDisposed || lane.isBusy) continue;
      const batch = nextBatch(lanes.filter((one) => !one.isBusy).length);
      if (batch.length > 0) lane.start(batch);
    }
  }

  /** An equal share for each idle thread, so that a short queue is worked off by both. */
  function nextBatch(idleLanes: number): Waiting[] {
    for (const queue of [urgent, patient]) {
      dropAborted(queue);
      if (queue.length > 0) return queue.splice(0, Math.min(BATCH, Math.ceil(queue.length / idleLanes)));
    }
    return [];
  }

  function submit(queue: Waiting[], jobs: readonly Job[], signal: AbortSignal | undefined): Promise<JobResult[]> {
    if (isDisposed) return Promise.reject(ended());
    if (signal?.aborted) return Promise.reject(asError(signal.reason));
    if (jobs.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      const results = Array.from<JobResult>({ length: jobs.length });
      let missing = jobs.length;
      const onAbort = () => reject(asError(signal?.reason));
      signal?.addEventListener("abort", onAbort, { once: true });
      for (const [index, job] of jobs.entries()) {
        const settle = (result: JobResult) => {
          results[index] = result;
          if (--missing > 0) return;
          signal?.removeEventListener("abort", onAbort);
          resolve(results);
        };
        queue.push({ job, signal, settle });
      }
      dispatch();
    });
  }

  return {
    warmUp() {
      if (!isDisposed) for (const lane of lanes) lane.warmUp();
    },
    async analyze(tasks, signal) {
      const jobs = tasks.map((task): Job => ({ kind: "analyze", task }));
      return (await submit(patient, jobs, signal)) as AnalyzeResult[];
    },
    async prepare(task, signal) {
      const [result] = await submit(urgent, [{ kind: "prepare", task }], signal);
      return result as PrepareResult;
    },
    async outline(tasks, signal) {
      const jobs = tasks.map((task): Job => ({ kind: "outline", task }));
      return (await submit(urgent, jobs, signal)) as OutlineResult[];
    },
    async redact(text, signal) {
      const [result] = await submit(urgent, [{ kind: "redact", text }], signal);
      return result as RedactResult;
    },
    async dispose() {
      isDisposed = true;
      const left = [...urgent.splice(0), ...patient.splice(0)];
      await Promise.all(lanes.map((lane) => lane.dispose()));
      for (const { settle } of left) settle({ ok: false, message: ended().message });
    },
  };
}

/** In place; keeps the order. */
function dropAborted(queue: Waiting[]): void {
  if (!queue.some(({ signal }) => signal?.aborted)) return;
  const kept = queue.filter(({ signal }) => !signal?.aborted);
  queue.splice(0, queue.length, ...kept);
}

function ended(): OnceoverError {
  return new OnceoverError("cancelled", "The analysis workers have been ended.");
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new OnceoverError("cancelled", "Cancelled.", { cause: reason });
}
