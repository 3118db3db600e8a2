/** Ten command lines at once on one store: what one of them pays for, the others take. */
import { isDeepStrictEqual } from "node:util";
import { join } from "node:path";
import type { Report } from "../../src/shared/report.ts";
import { createProviderSimulator } from "../../test/support/providerSimulator/providerSimulator.ts";
import type { Simulator } from "../../test/support/providerSimulator/providerSimulator.ts";
import { createBenchFolder } from "../benchFolder.ts";
import { runCommandLine } from "../commandLine.ts";
import { dollars, megabytes } from "../formats.ts";
import { defineCase, type BenchRow } from "../harness.ts";
import { writeManyFiles } from "../sampleFolder.ts";

const fileCount = 100;
const firstTokenMs = 100;
const totalMs = 500;

interface Scope extends AsyncDisposable {
  readonly simulator: Simulator;
  readonly folder: string;
  readonly parent: string;
  /** What one run alone found, and what it asked about. */
  alone: { findings: Report["findings"]; units: readonly string[] } | null;
}

async function openScope(): Promise<Scope> {
  const parent = await createBenchFolder();
  const folder = join(parent.path, "workspace");
  await writeManyFiles(folder, fileCount);
  const simulator = await createProviderSimulator({ firstTokenMs, totalMs });
  return {
    simulator,
    folder,
    parent: parent.path,
    alone: null,
    async [Symbol.asyncDispose]() {
      await simulator.stop();
      await parent[Symbol.asyncDispose]();
    },
  };
}

async function review({ simulator, folder, parent }: Scope, store: string) {
  const target = ["--provider", "openai", "--base-url", simulator.url, "--model", simulator.model, "--budget", "none"];
  const output = ["--format", "json", "--quiet", "--cache-dir", join(parent, store)];
  const result = await runCommandLine(["analyze", folder, ...target, ...output], { ONCEOVER_API_KEY: simulator.key });
  return { ...result, report: JSON.parse(result.stdout) as Report };
}

function row(name: string, processes: number, store: string): BenchRow<Scope> {
  return {
    name,
    async measure(scope) {
      scope.simulator.reset();
      const startMs = performance.now();
      const runs = await Promise.all(Array.from({ length: processes }, () => review(scope, store)));
      const wallMs = performance.now() - startMs;
      const { usd } = scope.simulator.bill();
      checkRuns(
        scope,
        runs.map((run) => run.report),
        usd,
      );
      const peaks = runs.map((run) => run.peakRssBytes ?? Number.NaN);
      return {
        wallMs,
        figures: {
          requests: scope.simulator.requests.length,
          costUsd: usd,
          largestRssBytes: Math.max(...peaks),
          allRssBytes: peaks.reduce((sum, peak) => sum + peak, 0),
        },
      };
    },
  };
}

function checkRuns(scope: Scope, reports: readonly Report[], billUsd: number): void {
  const said = reports.reduce((sum, report) => sum + report.cost.usd, 0);
  if (Math.abs(said - billUsd) > 1e-9) throw new Error(`the reports say $${said}, the bill $${billUsd}`);
  const units = scope.simulator.requests.flatMap(({ body }) => unitsIn(JSON.stringify(body))).toSorted();
  scope.alone ??= { findings: reports[0]!.findings, units };
  const { findings } = scope.alone;
  // Again nothing is asked at all.
  if (units.length > 0 && !isDeepStrictEqual(units, scope.alone.units)) {
    throw new Error(`${units.length} units were asked about, not each of ${scope.alone.units.length} once`);
  }
  if (reports.some((report) => !report.run.complete)) throw new Error("a run is not complete");
  if (reports.some((report) => !isDeepStrictEqual(report.findings, findings))) throw new Error("findings differ");
}

/** Names of the units that a request is about. A second look has none: how many share one depends on who ends when. */
function unitsIn(body: string): string[] {
  return body.match(/<unit-\w+>/g) ?? [];
}

export const parallelRuns = defineCase<Scope>({
  name: "parallel-runs",
  title: "Ten command lines at once on one store",
  conditions: `${fileCount} files; provider on loopback: first token after ${firstTokenMs} ms, each reply in ${totalMs} ms; fails when findings differ, a unit is asked about twice, or the reports' costs are not the bill`,
  baseline: "one alone",
  figures: [
    { key: "requests", heading: "requests", format: String },
    { key: "costUsd", heading: "bill", format: dollars },
    { key: "largestRssBytes", heading: "largest peak RSS", format: megabytes },
    { key: "allRssBytes", heading: "of all", format: megabytes },
  ],
  openScope,
  rows: [row("one alone", 1, "store-1"), row("ten at once", 10, "store-10"), row("ten at once, again", 10, "store-10")],
});
