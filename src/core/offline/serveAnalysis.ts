/** The worker's side of the pool: takes batches, answers in few messages. */
import type { MessagePort } from "node:worker_threads";
import { describeError } from "../../shared/errors.ts";
import { collectOnceGrown } from "../worker/collectGarbage.ts";
import type { AnalysisWorkerData, BatchMessage, Job, JobResult, ResultsMessage } from "./analysisProtocol.ts";

/** Results wait this long for company, so that a slow file does not hold back what is done. */
const FLUSH_MS = 40;

/** Of garbage, for the most part. */
const MAX_GROWTH_BYTES = 16 * 1024 * 1024;

export function serveAnalysis(
  port: MessagePort,
  { begun }: AnalysisWorkerData,
  run: (job: Job) => Promise<JobResult>,
): void {
  const counter = new Int32Array(begun);
  port.on("message", ({ jobs }: BatchMessage) => {
    void runBatch(jobs);
  });

  async function runBatch(jobs: readonly Job[]): Promise<void> {
    let results: JobResult[] = [];
    let flushedAtMs = performance.now();
    const flush = () => {
      if (results.length > 0) port.postMessage({ results } satisfies ResultsMessage);
      results = [];
      flushedAtMs = performance.now();
    };
    for (const job of jobs) {
      Atomics.add(counter, 0, 1);
      results.push(await settle(run, job));
      if (performance.now() - flushedAtMs >= FLUSH_MS) flush();
    }
    flush();
    await collectOnceGrown(MAX_GROWTH_BYTES);
  }
}

async function settle(run: (job: Job) => Promise<JobResult>, job: Job): Promise<JobResult> {
  try {
    return await run(job);
  } catch (error) {
    return { ok: false, message: describeError(error) };
  }
}
