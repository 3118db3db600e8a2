/** What the same review takes of more and more files. */
import { join } from "node:path";
import { createProviderSimulator } from "../../test/support/providerSimulator/providerSimulator.ts";
import { createBenchFolder } from "../benchFolder.ts";
import { folderBytes } from "../folderFiles.ts";
import { megabytes, seconds } from "../formats.ts";
import type { BenchFigure, BenchRow, CaseResult, RowResult } from "../harness.ts";
import { runEngine } from "../runEngine.ts";
import { writeManyFiles } from "../sampleFolder.ts";
import { fitPower } from "./fitPower.ts";

/** Replies with a model, short: what grows is everything else. */
export const latency = { firstTokenMs: 20, totalMs: 80 } as const;

export interface GrowthScope extends AsyncDisposable {
  readonly parent: string;
}

export async function openGrowthScope(): Promise<GrowthScope> {
  const parent = await createBenchFolder();
  return { parent: parent.path, [Symbol.asyncDispose]: () => parent[Symbol.asyncDispose]() };
}

export const growthFigures: readonly BenchFigure[] = [
  { key: "files", heading: "files", format: (value) => value.toLocaleString("en-US") },
  { key: "cpuMs", heading: "CPU", format: seconds },
  { key: "peakRssBytes", heading: "peak RSS", format: megabytes },
  { key: "requests", heading: "requests", format: (value) => value.toLocaleString("en-US") },
  { key: "storeBytes", heading: "store", format: megabytes },
  { key: "againMs", heading: "unchanged", format: seconds },
  { key: "againCpuMs", heading: "its CPU", format: seconds },
  { key: "againPeakBytes", heading: "its peak", format: megabytes },
];

export function growthRow(fileCount: number, withModel: boolean): BenchRow<GrowthScope> {
  return {
    name: `${fileCount.toLocaleString("en-US")} files${withModel ? ", a model" : ""}`,
    async measure({ parent }) {
      const name = `${withModel ? "model" : "offline"}-${fileCount}`;
      const folder = join(parent, name);
      const store = join(parent, `store-${name}`);
      await writeManyFiles(folder, fileCount, { isMixed: true });
      const simulator = withModel ? await createProviderSimulator({ ...latency, keepBodies: false }) : null;
      try {
        const model = simulator ? ["--base-url", simulator.url, "--model", simulator.model] : [];
        const env: Record<string, string> = simulator ? { ONCEOVER_API_KEY: simulator.key } : {};
        const review = () => runEngine([folder, "--store", store, ...model], env);
        const { engine, cpuMs, peakRssBytes } = await review();
        const { reviewed } = engine.coverage;
        if (!engine.complete || reviewed !== fileCount)
          throw new Error(`${reviewed} of ${fileCount} files were reviewed`);
        const requests = simulator ? simulator.requests.length : null;
        const storeBytes = await folderBytes(store);
        const again = await review();
        if (again.engine.coverage.cached !== fileCount) throw new Error("the second run reviewed something");
        return {
          wallMs: engine.runMs,
          figures: {
            files: fileCount,
            cpuMs,
            peakRssBytes,
            requests,
            storeBytes,
            againMs: again.engine.runMs,
            againCpuMs: again.cpuMs,
            againPeakBytes: again.peakRssBytes,
          },
        };
      } finally {
        await simulator?.stop();
      }
    },
  };
}

const grown = [
  ["wall", (row: RowResult) => row.wallMs?.median ?? null],
  ["CPU", figure("cpuMs")],
  ["peak RSS", figure("peakRssBytes")],
  ["requests", figure("requests")],
  ["store", figure("storeBytes")],
  ["unchanged", figure("againMs")],
  ["its peak", figure("againPeakBytes")],
] as const;

function figure(key: string) {
  return (row: RowResult) => row.figures[key] ?? null;
}

/** One line: each figure's exponent. */
export function exponentsOf({ rows }: CaseResult): string {
  const parts = grown.flatMap(([name, valueOf]) => {
    const points = rows.flatMap((row) => {
      const value = valueOf(row);
      const size = row.figures["files"] ?? null;
      return value === null || size === null ? [] : [{ size, value }];
    });
    const fit = fitPower(points);
    return fit === null ? [] : [`${name} ${fit.exponent.toFixed(2)}`];
  });
  return `Grows with the number of files to the power of: ${parts.join(", ")}.`;
}
