/** A hundred files and a model: how close the wall time comes to what the concurrency allows, and what a re-run costs. */
import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createProviderSimulator } from "../../test/support/providerSimulator/providerSimulator.ts";
import type { Simulator } from "../../test/support/providerSimulator/providerSimulator.ts";
import { copyCorpus } from "../../test/support/corpus.ts";
import { defineCase } from "../harness.ts";
import type { BenchRow, Sample } from "../harness.ts";
import { runEngine } from "../runEngine.ts";
import { copyFirstFiles } from "../sampleFolder.ts";

const fileCount = 100;
const concurrency = 16;
const firstTokenMs = 300;
const totalMs = 1_300;
const edited = 3;

interface Scope extends AsyncDisposable {
  readonly simulator: Simulator;
  readonly folder: string;
  readonly files: readonly string[];
  readonly store: string;
}

async function openScope(): Promise<Scope> {
  const parent = await mkdtemp(join(tmpdir(), "onceover-bench-"));
  const folder = join(parent, "workspace");
  const copy = copyCorpus("eslint");
  const files = await copyFirstFiles(copy.folder, folder, fileCount);
  copy.remove();
  const simulator = await createProviderSimulator({ firstTokenMs, totalMs, keepBodies: false });
  return {
    simulator,
    folder,
    files,
    store: join(parent, "store"),
    async [Symbol.asyncDispose]() {
      await simulator.stop();
      await rm(parent, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

function row(name: string, reviewed: number, prepare?: (scope: Scope) => Promise<void>): BenchRow<Scope> {
  return {
    name,
    async measure(scope): Promise<Sample> {
      const { simulator, folder, store } = scope;
      await prepare?.(scope);
      simulator.reset();
      const args = [folder, "--store", store, "--base-url", simulator.url, "--model", simulator.model];
      const { wallMs, engine } = await runEngine(args, { ONCEOVER_API_KEY: simulator.key });
      const bill = simulator.bill();
      const requests = simulator.requests.length;
      if (engine.coverage.reviewed !== reviewed)
        throw new Error(`${engine.coverage.reviewed} files instead of ${reviewed}`);
      if (Math.abs(engine.cost.usd - bill.usd) > 1e-9)
        throw new Error(`the report says $${engine.cost.usd}, the bill $${bill.usd}`);
      const idealMs = Math.ceil(requests / concurrency) * totalMs;
      return {
        wallMs,
        figures: {
          requests,
          costUsd: bill.usd,
          ofIdeal: idealMs === 0 ? null : engine.runMs / idealMs,
          firstFindingShare: engine.firstModelFindingMs === null ? null : engine.firstModelFindingMs / engine.runMs,
          delayP99Ms: engine.delayP99Ms,
        },
      };
    },
  };
}

async function editBodies({ folder, files }: Scope): Promise<void> {
  await Promise.all(files.slice(0, edited).map((file) => appendFile(join(folder, file), "\n// edited\n")));
}

export const hundredFiles = defineCase<Scope>({
  name: "hundred-files",
  title: "A hundred files, reviewed by a model",
  conditions: `Provider on loopback: first token after ${firstTokenMs} ms, each reply in ${totalMs} ms, concurrency ${concurrency}; times include process start`,
  baseline: "cold",
  figures: [
    { key: "requests", heading: "requests", format: String },
    { key: "costUsd", heading: "cost", format: (value) => `$${value.toFixed(6)}` },
    { key: "ofIdeal", heading: "run ÷ ideal", format: (value) => value.toFixed(2) },
    { key: "firstFindingShare", heading: "first finding at", format: (value) => `${(value * 100).toFixed(1)} %` },
    { key: "delayP99Ms", heading: "host delay p99", format: (value) => `${value.toFixed(1)} ms` },
  ],
  openScope,
  rows: [row("cold", fileCount), row("again", 0), row(`${edited} bodies edited`, edited, editBodies)],
});
