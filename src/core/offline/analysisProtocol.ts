/** What the pool and its workers say to each other. */
import type {
  AnalyzeResult,
  AnalyzeTask,
  OutlineResult,
  OutlineTask,
  PrepareResult,
  PrepareTask,
  RedactResult,
} from "./analysis.ts";

export type Job =
  | { readonly kind: "analyze"; readonly task: AnalyzeTask }
  | { readonly kind: "prepare"; readonly task: PrepareTask }
  | { readonly kind: "outline"; readonly task: OutlineTask }
  | { readonly kind: "redact"; readonly text: string };

export type JobResult = AnalyzeResult | PrepareResult | OutlineResult | RedactResult;

/** To the worker: a batch of jobs. It is sent the next one when it has answered all of them. */
export interface BatchMessage {
  readonly jobs: readonly Job[];
}

/** From the worker: results of the batch's next jobs, in order. */
export interface ResultsMessage {
  readonly results: readonly JobResult[];
}

export interface AnalysisWorkerData {
  /**
   * One Int32 in shared memory: how many jobs the worker has begun since it started. It tells the pool which job was
   * under way when the thread died or stopped answering.
   */
  readonly begun: SharedArrayBuffer;
  /** As withoutTierUp.ts shares it between all workers. */
  readonly compileCount: SharedArrayBuffer;
}
