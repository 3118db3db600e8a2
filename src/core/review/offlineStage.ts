/** Sends the files that the offline engine has not seen yet through the analysis workers. */
import type { AnalysisPool, AnalyzeResult, AnalyzeTask } from "../offline/analysis.ts";
import type { Profiler, SpanId } from "../profile/profiler.ts";
import type { Plan, PlannedFile } from "../store/plan.ts";
import type { AnalysisRow, Store } from "../store/store.ts";
import type { FileTracker } from "./fileTracker.ts";
import { analysisKey } from "./keys.ts";

/** Small enough that findings appear steadily and that text for the model never queues long behind them. */
const BATCH = 16;
/** One batch under way for each worker, and one waiting so that neither idles. */
const BATCHES_UNDER_WAY = 4;

interface OfflineStage {
  readonly plan: Plan;
  readonly pool: AnalysisPool;
  readonly store: Store;
  readonly tracker: FileTracker;
  readonly offlineVersion: string;
  /** The team's own rules, see UserRules.packed. */
  readonly userRules: string | undefined;
  /** What is wrong with them, for people; the same may be said for many files. */
  readonly onNotice: (message: string) => void;
  readonly useCache: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: () => void;
  /** Files, counted up as they are done. */
  readonly analysed: { made: number; failures: number };
  readonly profiler: Profiler;
}

/** Resolves when every file has its result and all results are stored. Stops quietly when aborted. */
export async function runOfflineStage(stage: OfflineStage, span: SpanId): Promise<void> {
  const files = stage.plan.files.filter((file) => file.analysisKey !== null && file.analysis === null);
  let next = 0;
  const lane = async () => {
    while (next < files.length && !stage.signal.aborted) {
      const batch = files.slice(next, next + BATCH);
      next += batch.length;
      const batchSpan = stage.profiler.begin("batch", span, batch[0]?.path);
      await runBatch(stage, batch).finally(() => stage.profiler.end(batchSpan));
    }
  };
  await Promise.all(Array.from({ length: BATCHES_UNDER_WAY }, lane));
}

async function runBatch(stage: OfflineStage, batch: readonly PlannedFile[]): Promise<void> {
  for (const file of batch) stage.tracker.begin(file);
  const tasks = batch.map(({ absolutePath, folder, language, kind }): AnalyzeTask => ({
    absolutePath,
    folder: stage.plan.contexts[folder]!.folder,
    language: language!,
    kind: kind!,
    ...(stage.userRules !== undefined && { userRules: stage.userRules }),
  }));
  let results: AnalyzeResult[];
  const startedMs = performance.now();
  try {
    results = await stage.pool.analyze(tasks, stage.signal);
  } catch (error) {
    if (stage.signal.aborted) return;
    throw error;
  }
  const costOf = shareBySize(batch, performance.now() - startedMs);
  const rows: AnalysisRow[] = [];
  for (const [index, file] of batch.entries()) {
    const result = results[index];
    stage.analysed.made++;
    if (!result?.ok) {
      stage.analysed.failures++;
      stage.tracker.offlineDone(file, { failure: result?.message ?? "the analysis gave no result" });
      continue;
    }
    // Stored under what was read: the file may have changed since the plan was made.
    const key = analysisKey(result.contentHash, file.language!, file.kind!, stage.offlineVersion);
    // Without all its rules a result is not the file's: it is made again next time, notice and all.
    if (result.notices) for (const notice of result.notices) stage.onNotice(notice);
    else rows.push({ key, findings: result.findings, costMs: costOf(file) });
    stage.tracker.offlineDone(file, result.findings);
  }
  if (stage.useCache && rows.length > 0) await stage.store.saveAnalyses(rows);
  stage.onProgress();
}

/** What one file of the batch took, as far as that can be said: the store keeps what is dearest to make again. */
function shareBySize(batch: readonly PlannedFile[], totalMs: number): (file: PlannedFile) => number {
  const totalBytes = batch.reduce((sum, file) => sum + file.sizeBytes, 0);
  return ({ sizeBytes }) => (totalBytes === 0 ? 0 : (totalMs * sizeBytes) / totalBytes);
}
