/** How files get from the disk to the engine: one by one or in parallel, from a fast disk and from a slow one. */
import { join } from "node:path";
import { createBenchFolder } from "../benchFolder.ts";
import { milliseconds } from "../formats.ts";
import { defineCase, type BenchRow } from "../harness.ts";
import { copySources } from "../loading/corpusFiles.ts";
import { readInThreads, readOneByOne, readTogether, type ReadTask } from "../loading/readFiles.ts";
import { runEngine } from "../runEngine.ts";

const slowMs = 2;
const preload = new URL("../loading/slowReads.mjs", import.meta.url).href;

interface Scope extends AsyncDisposable {
  readonly folder: string;
  readonly files: readonly string[];
  readonly parent: string;
  stores: number;
}

async function openScope(): Promise<Scope> {
  const parent = await createBenchFolder();
  const folder = join(parent.path, "eslint");
  const files = await copySources("eslint", folder);
  return { folder, files, parent: parent.path, stores: 0, [Symbol.asyncDispose]: () => parent[Symbol.asyncDispose]() };
}

function reading(name: string, delayMs: number, read: (task: ReadTask) => void | Promise<void>): BenchRow<Scope> {
  return {
    name: delayMs > 0 ? `${name}, ${delayMs} ms a read` : name,
    async measure({ folder, files }) {
      const startMs = performance.now();
      await read({ folder, files, delayMs });
      const wallMs = performance.now() - startMs;
      return { wallMs, figures: { files: files.length, perFileMs: wallMs / files.length } };
    },
  };
}

/** The whole offline engine with a store of its own, so that every file is read. */
function reviewing(delayMs: number): BenchRow<Scope> {
  return {
    name: delayMs > 0 ? `the engine, cold, ${delayMs} ms a read` : "the engine, cold",
    async measure({ folder, parent, ...scope }) {
      const store = join(parent, `store-${delayMs}-${scope.stores++}`);
      const slow = { NODE_OPTIONS: `--import=${preload}`, BENCH_SLOW_FOLDER: folder, BENCH_SLOW_MS: String(delayMs) };
      const { engine } = await runEngine([folder, "--store", store], slow);
      const { files, skipped } = engine.coverage;
      return { wallMs: engine.runMs, figures: { files: files - skipped, perFileMs: engine.runMs / (files - skipped) } };
    },
  };
}

const rowsFor = (delayMs: number): BenchRow<Scope>[] => [
  reading("one by one", delayMs, readOneByOne),
  reading("16 at once", delayMs, (task) => readTogether(task, 16)),
  reading("two threads", delayMs, (task) => readInThreads(task, 2)),
  reviewing(delayMs),
];

export const loading = defineCase<Scope>({
  name: "loading",
  title: "Reading the files of a package",
  conditions: `ESLint's sources, read before and so in the system's cache; each read takes ${slowMs} ms more where it says so; the engine without process start`,
  baseline: "one by one",
  figures: [
    { key: "files", heading: "files", format: String },
    { key: "perFileMs", heading: "a file", format: milliseconds },
  ],
  openScope,
  rows: [...rowsFor(0), ...rowsFor(slowMs)],
});
