/** One worker thread of the pool: gives it batches, replaces it when it dies or hangs. */
import { Worker } from "node:worker_threads";
import type { AnalysisWorkerData, BatchMessage, Job, JobResult, ResultsMessage } from "./analysisProtocol.ts";

export interface QueuedJob {
  readonly job: Job;
  settle(result: JobResult): void;
}

export interface LaneOptions {
  readonly entry: URL;
  /** Shared by all lanes. */
  readonly compileCount: SharedArrayBuffer;
  /** A job that takes longer is given up, and its thread with it. */
  readonly jobTimeoutMs: number;
  /** The batch is done, or given up: ask for more. */
  readonly onIdle: () => void;
  /** Jobs of a batch that the lost thread had not begun, in order. */
  readonly onReturned: (jobs: readonly QueuedJob[]) => void;
  readonly onTrouble: (message: string) => void;
}

export interface Lane {
  readonly isBusy: boolean;
  /** Starts the thread without work for it. */
  warmUp(): void;
  start(batch: readonly QueuedJob[]): void;
  dispose(): Promise<void>;
}

interface Thread {
  readonly worker: Worker;
  readonly begun: Int32Array;
}

/** A thread that dies this often before it has begun a single job will not do better the next time. */
const MAX_FALSE_STARTS = 3;

/**
 * Grammars and their compiled code are some thirty megabytes a thread, which an editor's window would keep for the day; a
 * new thread has them again in a fraction of a second.
 */
const IDLE_MS = 60_000;

/** A V8 heap beyond this ends the thread alone, not the process. */
const MAX_HEAP_MB = 1024;
/** What one file leaves behind is soon garbage: a larger nursery only keeps it longer, and is not faster beyond 1 %. */
const MAX_NURSERY_MB = 4;

export function createLane(options: LaneOptions): Lane {
  let thread: Thread | undefined;
  let batch: readonly QueuedJob[] = [];
  /** Jobs of this batch that are answered, and the thread's count of begun jobs before it. */
  let answered = 0;
  let begunBefore = 0;
  let watchdog: NodeJS.Timeout | undefined;
  let idle: NodeJS.Timeout | undefined;
  let falseStarts = 0;

  const begunInBatch = () => (thread ? Atomics.load(thread.begun, 0) - begunBefore : 0);

  function startThread(): Thread {
    const begun = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    const worker = new Worker(options.entry, {
      workerData: { begun, compileCount: options.compileCount } satisfies AnalysisWorkerData,
      execArgv: ["--disable-warning=ExperimentalWarning"],
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB, maxYoungGenerationSizeMb: MAX_NURSERY_MB },
    });
    const own: Thread = { worker, begun: new Int32Array(begun) };
    let reason = "it ended without a word";
    worker.on("message", ({ results }: ResultsMessage) => {
      if (thread === own) take(results);
    });
    worker.on("error", (error) => (reason = error.message));
    worker.on("exit", () => lose(own, `The analysis failed: ${reason}.`));
    return own;
  }

  function take(results: readonly JobResult[]): void {
    for (const result of results) batch[answered++]?.settle(result);
    if (answered < batch.length) return;
    rest();
    options.onIdle();
  }

  /** An idle thread does not keep the process alive. */
  function rest(): void {
    batch = [];
    clearInterval(watchdog);
    thread?.worker.unref();
    waitIdly();
  }

  function waitIdly(): void {
    clearTimeout(idle);
    idle = thread && setTimeout(endIdle, IDLE_MS).unref();
  }

  function endIdle(): void {
    const ending = thread;
    thread = undefined;
    void ending?.worker.terminate();
  }

  /** The job under way has failed; those behind it go back to the queue. */
  function lose(lost: Thread, message: string): void {
    if (thread !== lost) return;
    const begun = Atomics.load(lost.begun, 0);
    const guilty = Math.max(answered, begun - begunBefore - 1);
    const pending = batch.slice(answered);
    falseStarts = begun === 0 ? falseStarts + 1 : 0;
    thread = undefined;
    rest();
    if (pending.length === 0) return;
    options.onTrouble(message);
    // Results between the last message and the guilty job died with the thread: those jobs run again.
    pending[guilty - answered]?.settle({ ok: false, message });
    options.onReturned(pending.filter((_, index) => index !== guilty - answered));
    options.onIdle();
  }

  function refuse(jobs: readonly QueuedJob[]): void {
    for (const { settle } of jobs) settle({ ok: false, message: "The analysis worker cannot be started." });
    queueMicrotask(options.onIdle);
  }

  /** A thread that is only starting has modules and grammars to load, on a machine that may be busy. */
  const allowanceMs = ({ begun }: Thread) => options.jobTimeoutMs * (Atomics.load(begun, 0) === 0 ? 3 : 1);

  /** Looks at the count of begun jobs: the same one for too long means that the thread is stuck. */
  function watch(): void {
    let seen = begunInBatch();
    let seenAtMs = performance.now();
    watchdog = setInterval(() => {
      const begun = begunInBatch();
      if (begun !== seen) {
        seen = begun;
        seenAtMs = performance.now();
      } else if (thread && performance.now() - seenAtMs > allowanceMs(thread)) {
        const stuck = thread;
        lose(stuck, `The analysis took longer than ${Math.round(options.jobTimeoutMs / 1000)} s and was given up.`);
        void stuck.worker.terminate();
      }
    }, options.jobTimeoutMs / 20);
    watchdog.unref();
  }

  return {
    get isBusy() {
      return batch.length > 0;
    },
    warmUp() {
      if (thread || falseStarts >= MAX_FALSE_STARTS) return;
      thread = startThread();
      thread.worker.unref();
      waitIdly();
    },
    start(jobs) {
      if (falseStarts >= MAX_FALSE_STARTS) return refuse(jobs);
      clearTimeout(idle);
      thread ??= startThread();
      batch = jobs;
      answered = 0;
      begunBefore = Atomics.load(thread.begun, 0);
      thread.worker.ref();
      thread.worker.postMessage({ jobs: jobs.map(({ job }) => job) } satisfies BatchMessage);
      watch();
    },
    async dispose() {
      const ending = thread;
      const pending = batch.slice(answered);
      thread = undefined;
      rest();
      for (const { settle } of pending) settle({ ok: false, message: "The analysis was ended." });
      await ending?.worker.terminate();
    },
  };
}
