/** Ten real files, a provider that takes a second and a half for each reply: the reason why Onceover exists. */
import { join } from "node:path";
import type { Report } from "../../src/shared/report.ts";
import { createProviderSimulator } from "../../test/support/providerSimulator/providerSimulator.ts";
import type { Simulator } from "../../test/support/providerSimulator/providerSimulator.ts";
import { analyze } from "../analyzeCommand.ts";
import { defineCase } from "../harness.ts";
import type { BenchRow, Sample } from "../harness.ts";
import { runNode } from "../nodeProcess.ts";
import type { ProcessResult } from "../nodeProcess.ts";
import { builtPeer } from "../peers/build.ts";
import type { PeerName } from "../peers/build.ts";
import { createSampleFolder } from "../sampleFolder.ts";
import type { SampleFolder } from "../sampleFolder.ts";

const fileCount = 10;
const firstTokenMs = 300;
const totalMs = 1500;
const timeoutMs = 120_000;

interface Scope extends AsyncDisposable {
  readonly simulator: Simulator;
  readonly folder: SampleFolder;
}

async function openScope(): Promise<Scope> {
  const folder = await createSampleFolder(fileCount);
  const simulator = await createProviderSimulator({ firstTokenMs, totalMs, keepBodies: false });
  return {
    simulator,
    folder,
    async [Symbol.asyncDispose]() {
      await simulator.stop();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** A row that starts with a provider that has forgotten everything. `check` returns the number of findings. */
function row(
  name: string,
  start: (scope: Scope) => Promise<ProcessResult>,
  check: (result: ProcessResult, scope: Scope) => number,
): BenchRow<Scope> {
  return {
    name,
    async measure(scope): Promise<Sample> {
      scope.simulator.reset();
      const result = await start(scope);
      if (result.exitCode !== 0) {
        throw new Error(`exit status ${result.exitCode}: ${result.stderr.trim().split("\n").at(-1) ?? ""}`);
      }
      const findings = check(result, scope);
      const bill = scope.simulator.bill();
      return {
        wallMs: result.wallMs,
        figures: {
          requests: scope.simulator.requests.length,
          costUsd: bill.usd,
          cachedShare: bill.inputTokens === 0 ? null : bill.cachedInputTokens / bill.inputTokens,
          findings,
          cpuMs: result.cpuMs,
          peakRssBytes: result.peakRssBytes,
        },
      };
    },
  };
}

function peer(name: string, program: PeerName): BenchRow<Scope> {
  const start = async ({ simulator, folder }: Scope) =>
    runNode(await builtPeer(program), [folder.path, simulator.model], {
      timeoutMs,
      env: { OPENAI_API_KEY: simulator.key, OPENAI_BASE_URL: simulator.url },
    });
  return row(name, start, ({ stdout }) => {
    const reviews = JSON.parse(stdout) as { findings: number }[];
    if (reviews.length !== fileCount) throw new Error(`${reviews.length} of ${fileCount} files were reviewed`);
    return reviews.reduce((sum, review) => sum + review.findings, 0);
  });
}

const startOnceover =
  (provider: "openai" | "anthropic" = "openai", model?: string) =>
  async ({ simulator, folder }: Scope): Promise<ProcessResult> => {
    const store = join(folder.parent, `store-${provider}`);
    const options = { folder: folder.path, store, simulator, provider, timeoutMs, ...(model ? { model } : {}) };
    return (await analyze(options)).result;
  };

/** Fast and wrong does not count: every file is accounted for. */
function checkReport(status: "reviewed" | "cached") {
  return ({ stdout }: ProcessResult): number => {
    const report = JSON.parse(stdout) as Report;
    if (!report.run.complete || report.coverage[status] !== fileCount) {
      throw new Error(`${report.coverage[status]} of ${fileCount} files are ${status}`);
    }
    return report.findings.filter((finding) => finding.source === "model").length;
  };
}

export const tenFiles = defineCase<Scope>({
  name: "ten-files",
  title: "Ten files, reviewed by a model",
  conditions: `Provider on loopback: first token after ${firstTokenMs} ms, each reply in ${totalMs} ms; times include process start`,
  baseline: "one by one",
  figures: [
    { key: "requests", heading: "requests", format: (value) => String(value) },
    { key: "costUsd", heading: "cost", format: (value) => `$${value.toFixed(6)}` },
    { key: "cachedShare", heading: "prompt cached", format: (value) => `${Math.round(value * 100)} %` },
    { key: "findings", heading: "findings", format: (value) => String(value) },
    { key: "cpuMs", heading: "CPU", format: (value) => `${Math.round(value)} ms` },
    { key: "peakRssBytes", heading: "peak RSS", format: (value) => `${Math.round(value / 2 ** 20)} MB` },
  ],
  openScope,
  rows: [
    peer("one by one", "oneByOne"),
    peer("ten at a time", "limited"),
    row("onceover, cold", startOnceover(), checkReport("reviewed")),
    row("onceover, cold, nothing to prime", startOnceover("anthropic", "claude-haiku-4-5"), checkReport("reviewed")),
    row("onceover, warm", startOnceover(), checkReport("cached")),
  ],
});
