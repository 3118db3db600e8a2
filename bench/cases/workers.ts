/** The offline engine's threads: what one more of them brings. */
import { join } from "node:path";
import type { AnalysisPool, AnalyzeTask } from "../../src/core/offline/analysis.ts";
import { createAnalysisPool } from "../../src/core/offline/analysisPool.ts";
import { fileType } from "../../src/core/workspace/language.ts";
import { createBenchFolder } from "../benchFolder.ts";
import { milliseconds } from "../formats.ts";
import { defineCase, type BenchRow, type Sample } from "../harness.ts";
import { copySources } from "../loading/corpusFiles.ts";

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
/** As many as the engine hands in at a time. */
const batchSize = 16;

interface Scope extends AsyncDisposable {
  readonly tasks: readonly AnalyzeTask[];
  /** Of this run; NaN before it is known. */
  oneThreadMs: number;
}

async function openScope(): Promise<Scope> {
  const parent = await createBenchFolder();
  const folder = join(parent.path, "eslint");
  const files = await copySources("eslint", folder);
  const tasks = files.map((absolutePath): AnalyzeTask => {
    const { language } = fileType(absolutePath)!;
    return { absolutePath, folder, language, kind: "source" };
  });
  return { tasks, oneThreadMs: Number.NaN, [Symbol.asyncDispose]: () => parent[Symbol.asyncDispose]() };
}

/** A pool has two threads at most, so that the machine stays its owner's: more of them take a second pool. */
function poolsFor(threads: number): AnalysisPool[] {
  const sizes = threads <= 2 ? [threads] : [2, threads - 2];
  return sizes.map((size) => createAnalysisPool({ logger: quiet, size }));
}

async function measure(scope: Scope, threads: number): Promise<Sample> {
  const pools = poolsFor(threads);
  try {
    // Threads are started and their grammars compiled first: that is start-up, not throughput.
    await Promise.all(pools.map((pool) => analyzeAll([pool], scope.tasks.slice(0, 2 * batchSize))));
    const startMs = performance.now();
    const cpuBefore = process.cpuUsage();
    await analyzeAll(pools, scope.tasks);
    const wallMs = performance.now() - startMs;
    const { user, system } = process.cpuUsage(cpuBefore);
    if (threads === 1) scope.oneThreadMs = wallMs;
    return {
      wallMs,
      figures: {
        files: scope.tasks.length,
        speedUp: scope.oneThreadMs / wallMs,
        cpuMs: (user + system) / 1_000 / scope.tasks.length,
      },
    };
  } finally {
    await Promise.all(pools.map((pool) => pool.dispose()));
  }
}

/** Each pool takes the next batch when it has room for one. */
async function analyzeAll(pools: readonly AnalysisPool[], tasks: readonly AnalyzeTask[]): Promise<void> {
  let next = 0;
  const lane = async (pool: AnalysisPool) => {
    while (next < tasks.length) {
      const batch = tasks.slice(next, (next += batchSize));
      const failed = (await pool.analyze(batch)).find((result) => !result.ok);
      if (failed && !failed.ok) throw new Error(failed.message);
    }
  };
  await Promise.all(pools.flatMap((pool) => [lane(pool), lane(pool), lane(pool)]));
}

const row = (threads: number): BenchRow<Scope> => ({
  name: threads === 1 ? "1 thread" : `${threads} threads`,
  measure: (scope) => measure(scope, threads),
});

export const workers = defineCase<Scope>({
  name: "workers",
  title: "Threads of the offline engine",
  conditions:
    "ESLint's sources through the analysis pool (three and four threads: two pools), warmed up, without store",
  baseline: "1 thread",
  figures: [
    { key: "files", heading: "files", format: String },
    { key: "speedUp", heading: "times as fast", format: (value) => value.toFixed(2) },
    { key: "cpuMs", heading: "CPU a file", format: milliseconds },
  ],
  openScope,
  rows: [row(1), row(2), row(3), row(4)],
});
