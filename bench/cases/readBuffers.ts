/** Whether a pool of reused buffers for reading would be worth having: what buffers cost, beside a whole offline run. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createBenchFolder } from "../benchFolder.ts";
import { megabytes, milliseconds, percent } from "../formats.ts";
import { defineCase, type BenchRow } from "../harness.ts";
import type { ReadFigures } from "../loading/readProcess.ts";
import { readWays, type ReadWayName } from "../loading/readWays.ts";
import { runNode } from "../nodeProcess.ts";
import { copyRepository } from "../repositories/copyRepository.ts";
import { runEngine } from "../runEngine.ts";

const fileCount = 1_000;
const program = fileURLToPath(new URL("../loading/readProcess.ts", import.meta.url));

interface Scope extends AsyncDisposable {
  readonly folder: string;
  readonly parent: string;
  /** Of the whole run, of which the ways' own CPU is a share. */
  engineCpuMs: number;
}

async function openScope(): Promise<Scope> {
  const parent = await createBenchFolder();
  const folder = join(parent.path, "sources");
  await copyRepository(folder, fileCount);
  const dispose = () => parent[Symbol.asyncDispose]();
  return { folder, parent: parent.path, engineCpuMs: Number.NaN, [Symbol.asyncDispose]: dispose };
}

/** First, so that the other rows can be compared with it. */
const engine: BenchRow<Scope> = {
  name: "the engine, offline",
  async measure(scope) {
    const { engine, cpuMs } = await runEngine([scope.folder, "--store", join(scope.parent, "store")]);
    scope.engineCpuMs = cpuMs ?? Number.NaN;
    return { wallMs: engine.runMs, figures: { files: engine.coverage.files, cpuMs } };
  },
};

function reading(name: ReadWayName): BenchRow<Scope> {
  return {
    name,
    async measure({ folder, engineCpuMs }) {
      const { stdout, stderr, exitCode } = await runNode(program, [name, folder], { timeoutMs: 120_000 });
      if (exitCode !== 0) throw new Error(stderr.trim().split("\n").at(-1) ?? "no output");
      const { wallMs, ...figures } = JSON.parse(stdout) as ReadFigures;
      return { wallMs, figures: { ...figures, ofEngine: figures.cpuMs / engineCpuMs } };
    },
  };
}

export const readBuffers = defineCase<Scope>({
  name: "read-buffers",
  title: "Buffers to read into: fresh ones, or one that is used again",
  conditions: `${fileCount.toLocaleString("en-US")} real sources, in the system's cache; each read once, with hash and text; the mean of five times in a process of its own`,
  baseline: "opened, a fresh buffer",
  figures: [
    { key: "files", heading: "files", format: String },
    { key: "cpuMs", heading: "CPU", format: milliseconds },
    { key: "ofEngine", heading: "of the engine's", format: percent },
    { key: "collections", heading: "collections", format: (value) => value.toFixed(1) },
    { key: "collectingMs", heading: "collecting", format: milliseconds },
    { key: "peakBufferBytes", heading: "most in buffers", format: megabytes },
  ],
  openScope,
  rows: [engine, ...(Object.keys(readWays) as ReadWayName[]).map(reading)],
});
