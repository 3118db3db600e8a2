/** Eight thousand files and a model, beside what fewer of them promised (bench/scale). By name alone. */
import { join } from "node:path";
import { createProviderSimulator } from "../../test/support/providerSimulator/providerSimulator.ts";
import type { Simulator } from "../../test/support/providerSimulator/providerSimulator.ts";
import { createBenchFolder } from "../benchFolder.ts";
import { folderBytes } from "../folderFiles.ts";
import { defineCase, type Sample } from "../harness.ts";
import { runEngine } from "../runEngine.ts";
import { writeManyFiles } from "../sampleFolder.ts";
import { modelCosts } from "../scale/modelCosts.ts";
import { REQUESTS_PER_FILE } from "../scale/measured.ts";
import { comparedFigures, ofPredicted } from "../scale/comparedFigures.ts";

const fileCount = 8_000;
const latency = { firstTokenMs: 20, totalMs: 80 } as const;
const timeoutMs = 20 * 60_000;

interface Scope extends AsyncDisposable {
  readonly simulator: Simulator;
  readonly folder: string;
  readonly store: string;
}

async function openScope(): Promise<Scope> {
  const parent = await createBenchFolder();
  const folder = join(parent.path, "workspace");
  await writeManyFiles(folder, fileCount, { isMixed: true });
  const simulator = await createProviderSimulator({ ...latency, keepBodies: false });
  return {
    simulator,
    folder,
    store: join(parent.path, "store"),
    async [Symbol.asyncDispose]() {
      await simulator.stop();
      await parent[Symbol.asyncDispose]();
    },
  };
}

async function measure({ simulator, folder, store }: Scope): Promise<Sample> {
  const args = [folder, "--store", store, "--base-url", simulator.url, "--model", simulator.model];
  const { engine, cpuMs, peakRssBytes } = await runEngine(args, { ONCEOVER_API_KEY: simulator.key }, timeoutMs);
  if (engine.coverage.reviewed !== fileCount) throw new Error(`only ${engine.coverage.reviewed} files were reviewed`);
  const predicted = modelCosts(fileCount, latency.totalMs);
  const requests = simulator.requests.length;
  const storeBytes = await folderBytes(store);
  return {
    wallMs: engine.runMs,
    figures: {
      requests,
      // No second looks are taken here.
      requestsOfPredicted: requests / (fileCount * REQUESTS_PER_FILE),
      cpuMs,
      cpuOfPredicted: cpuMs === null ? null : cpuMs / predicted.cpuMs,
      peakRssBytes,
      peakOfPredicted: peakRssBytes === null ? null : peakRssBytes / predicted.peakRssBytes,
      storeBytes,
      storeOfPredicted: storeBytes / predicted.storeBytes,
    },
  };
}

export const scaleModel = defineCase<Scope>({
  name: "scale-model",
  title: "Eight thousand files and a model, beside what was predicted",
  conditions: `Cold; first token after ${latency.firstTokenMs} ms, each reply in ${latency.totalMs} ms, concurrency 16; no second looks; times without process start`,
  baseline: "cold",
  figures: [
    { key: "requests", heading: "requests", format: String },
    { key: "requestsOfPredicted", heading: "÷ predicted", format: ofPredicted },
    ...comparedFigures,
  ],
  openScope,
  rows: [{ name: "cold", measure }],
});
