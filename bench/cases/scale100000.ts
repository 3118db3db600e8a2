/** A hundred thousand files: whether what smaller numbers promise (bench/scale) still holds there. By name alone. */
import { join } from "node:path";
import { createBenchFolder } from "../benchFolder.ts";
import { folderBytes } from "../folderFiles.ts";
import { defineCase, type BenchRow } from "../harness.ts";
import { runEngine } from "../runEngine.ts";
import { writeManyFiles } from "../sampleFolder.ts";
import { offlineCosts, type OfflineCosts } from "../scale/offlineCosts.ts";
import { comparedFigures } from "../scale/comparedFigures.ts";

const fileCount = 100_000;
const timeoutMs = 40 * 60_000;

interface Scope extends AsyncDisposable {
  readonly folder: string;
  readonly store: string;
}

async function openScope(): Promise<Scope> {
  const parent = await createBenchFolder();
  const folder = join(parent.path, "workspace");
  await writeManyFiles(folder, fileCount, { isMixed: true });
  return { folder, store: join(parent.path, "store"), [Symbol.asyncDispose]: () => parent[Symbol.asyncDispose]() };
}

function row(name: string, status: "reviewed" | "cached", predicted: OfflineCosts): BenchRow<Scope> {
  return {
    name,
    async measure({ folder, store }) {
      const { engine, cpuMs, peakRssBytes } = await runEngine([folder, "--store", store], {}, timeoutMs);
      if (!engine.complete || engine.coverage[status] !== fileCount) {
        throw new Error(`${engine.coverage[status]} of ${fileCount} files are ${status}`);
      }
      const storeBytes = await folderBytes(store);
      return {
        wallMs: engine.runMs,
        figures: {
          cpuMs,
          cpuOfPredicted: quotient(cpuMs, predicted.cpuMs),
          peakRssBytes,
          peakOfPredicted: quotient(peakRssBytes, predicted.peakRssBytes),
          storeBytes,
          storeOfPredicted: quotient(storeBytes, predicted.storeBytes),
        },
      };
    },
  };
}

function quotient(measured: number | null, predicted: number): number | null {
  return measured === null ? null : measured / predicted;
}

export const scale100000 = defineCase<Scope>({
  name: "scale-100000",
  title: "A hundred thousand files, offline, beside what was predicted",
  conditions: "The built engine in a process of its own; times without process start",
  baseline: "cold",
  figures: comparedFigures,
  openScope,
  rows: [
    row("cold", "reviewed", offlineCosts(fileCount, "cold")),
    row("unchanged", "cached", offlineCosts(fileCount, "unchanged")),
  ],
});
