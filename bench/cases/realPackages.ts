/** Real packages, offline: what a first look at an unfamiliar repository takes, and what the host's thread feels. */
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { copyCorpus, type CorpusName } from "../../test/support/corpus.ts";
import { defineCase } from "../harness.ts";
import type { BenchRow, Sample } from "../harness.ts";
import { runEngine } from "../runEngine.ts";

const packages: readonly CorpusName[] = ["fastify", "eslint", "three", "express", "node-gyp"];

interface Scope extends AsyncDisposable {
  readonly folder: string;
  readonly store: string;
}

async function openScope(): Promise<Scope> {
  const parent = await mkdtemp(join(tmpdir(), "onceover-bench-"));
  const folder = join(parent, "workspace");
  for (const name of packages) {
    const copy = copyCorpus(name);
    await cp(copy.folder, join(folder, name), { recursive: true });
    copy.remove();
  }
  const dispose = () => rm(parent, { recursive: true, force: true, maxRetries: 3 });
  return { folder, store: join(parent, "store"), [Symbol.asyncDispose]: dispose };
}

async function measure({ folder, store }: Scope): Promise<Sample> {
  const { wallMs, peakRssBytes, engine } = await runEngine([folder, "--store", store]);
  if (!engine.complete) throw new Error("the run is not complete");
  const files = engine.coverage.reviewed + engine.coverage.cached;
  return {
    wallMs,
    figures: {
      files,
      delayP99Ms: engine.delayP99Ms,
      delayMaxMs: engine.delayMaxMs,
      hostMs: engine.hostActiveMs / files,
      peakRssBytes,
    },
  };
}

const whileLocked: BenchRow<Scope> = {
  name: "warm, store locked for 1 s",
  async measure(scope) {
    const db = new DatabaseSync(join(scope.store, "onceover.db"));
    db.exec("BEGIN IMMEDIATE");
    const timer = setTimeout(() => db.exec("COMMIT"), 1_000);
    try {
      return await measure(scope);
    } finally {
      clearTimeout(timer);
      db.close();
    }
  },
};

const milliseconds = (value: number) => `${value.toFixed(1)} ms`;

export const realPackages = defineCase<Scope>({
  name: "real-packages",
  title: "Real packages, offline",
  conditions: `Sources of ${packages.join(", ")}; the built engine in a process of its own; times include process start`,
  baseline: "cold",
  figures: [
    { key: "files", heading: "files", format: String },
    { key: "delayP99Ms", heading: "host delay p99", format: milliseconds },
    { key: "delayMaxMs", heading: "max", format: milliseconds },
    { key: "hostMs", heading: "host time a file", format: (value) => `${value.toFixed(2)} ms` },
    { key: "peakRssBytes", heading: "peak RSS", format: (value) => `${Math.round(value / 2 ** 20)} MB` },
  ],
  openScope,
  rows: [{ name: "cold", measure }, { name: "warm", measure }, whileLocked],
});
