/** What a run keeps in memory: at its peak, and when it is over. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createProviderSimulator } from "../../test/support/providerSimulator/providerSimulator.ts";
import { createBenchFolder } from "../benchFolder.ts";
import { megabytes } from "../formats.ts";
import { defineCase, type BenchRow, type Sample } from "../harness.ts";
import { runEngine } from "../runEngine.ts";
import { writeLargeFiles, writeManyFiles } from "../sampleFolder.ts";

interface Scope extends AsyncDisposable {
  readonly parent: string;
  /** Tells folders and stores apart. */
  count: number;
}

async function openScope(): Promise<Scope> {
  const parent = await createBenchFolder();
  return { parent: parent.path, count: 0, [Symbol.asyncDispose]: () => parent[Symbol.asyncDispose]() };
}

function newPlaces(scope: Scope): { folder: string; store: string } {
  const at = scope.count++;
  return { folder: join(scope.parent, `workspace-${at}`), store: join(scope.parent, `store-${at}`) };
}

function sample({ engine, peakRssBytes }: Awaited<ReturnType<typeof runEngine>>, sentBytes: number): Sample {
  if (!engine.complete) throw new Error("the run is not complete");
  const { startBytes, restedBytes, endBytes } = engine.rss;
  return {
    wallMs: engine.runMs,
    figures: {
      startBytes,
      aboveStartBytes: peakRssBytes === null ? null : peakRssBytes - startBytes,
      restedAboveStartBytes: restedBytes === null ? null : restedBytes - startBytes,
      endAboveStartBytes: endBytes - startBytes,
      sentBytes,
    },
  };
}

const offline = (fileCount: number): BenchRow<Scope> => ({
  name: `${fileCount.toLocaleString("en-US")} files, offline`,
  async measure(scope) {
    const { folder, store } = newPlaces(scope);
    await writeManyFiles(folder, fileCount);
    return sample(await runEngine([folder, "--store", store, "--rest"]), 0);
  },
});

const largeFiles = 100;
const fileBytes = 64 * 1024;
const leastSentBytes = 10 * 2 ** 20;
/** Three bytes a character; as many as are taken of a workspace's own rules go with each request. */
const conventions = "入力は境界で検証し、資源は必ず返し、失敗は呼び出し元に知らせること。\n".repeat(470);
const bytesPerToken = 4;

const withContext: BenchRow<Scope> = {
  name: `${largeFiles} files, a model, 10 MB of context`,
  async measure(scope) {
    const { folder, store } = newPlaces(scope);
    await writeLargeFiles(folder, largeFiles, fileBytes);
    await mkdir(join(folder, ".onceover"));
    await writeFile(join(folder, ".onceover", "rules.md"), conventions);
    const simulator = await createProviderSimulator({ firstTokenMs: 20, totalMs: 80, keepBodies: false });
    try {
      const args = [folder, "--store", store, "--base-url", simulator.url, "--model", simulator.model];
      const result = await runEngine(args, { ONCEOVER_API_KEY: simulator.key });
      const { inputTokens, usd } = simulator.bill();
      if (Math.abs(result.engine.cost.usd - usd) > 1e-9) throw new Error("the report's cost is not the bill");
      const sentBytes = inputTokens * bytesPerToken;
      if (sentBytes < leastSentBytes) throw new Error(`only ${sentBytes} bytes were sent`);
      return sample(result, sentBytes);
    } finally {
      await simulator.stop();
    }
  },
};

export const memory = defineCase<Scope>({
  name: "memory",
  title: "Memory of a run",
  conditions:
    "The built engine in a process of its own, cold; resident memory beside that before the engine was loaded; the run alone is timed",
  baseline: "1,000 files, offline",
  figures: [
    { key: "startBytes", heading: "at the start", format: megabytes },
    { key: "aboveStartBytes", heading: "peak above it", format: megabytes },
    { key: "restedAboveStartBytes", heading: "a minute later, above it", format: megabytes },
    { key: "endAboveStartBytes", heading: "in the end, above it", format: megabytes },
    { key: "sentBytes", heading: "sent", format: (value) => `${(value / 2 ** 20).toFixed(1)} MB` },
  ],
  openScope,
  rows: [offline(1_000), offline(10_000), withContext],
});
