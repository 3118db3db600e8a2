/** The built command line against the simulator. */
import { access } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Report } from "../src/shared/report.ts";
import type { Simulator } from "../test/support/providerSimulator/providerSimulator.ts";
import { runNode, type ProcessResult } from "./nodeProcess.ts";

const commandLine = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

export interface AnalyzeOptions {
  readonly folder: string;
  readonly store: string;
  readonly simulator: Pick<Simulator, "url" | "key" | "model" | "bill">;
  /** Default: the simulator's first model, through OpenAI's protocol. */
  readonly provider?: "openai" | "anthropic";
  readonly model?: string;
  readonly args?: readonly string[];
  readonly timeoutMs?: number;
}

/** @throws when it fails, leaves a file unreviewed, or reports another cost than the simulator's bill */
export async function analyze(options: AnalyzeOptions): Promise<{ result: ProcessResult; report: Report }> {
  const { folder, store, simulator, provider = "openai", model = simulator.model, timeoutMs = 300_000 } = options;
  await access(commandLine).catch(() => {
    throw new Error("dist/cli.js is not there: build first");
  });
  const target = ["--provider", provider, "--base-url", simulator.url, "--model", model];
  const output = ["--format", "json", "--quiet", "--cache-dir", store, "--budget", "none"];
  const result = await runNode(commandLine, ["analyze", folder, ...target, ...output, ...(options.args ?? [])], {
    timeoutMs,
    env: { ONCEOVER_API_KEY: simulator.key ?? "any" },
  });
  if (result.exitCode !== 0) {
    throw new Error(`exit status ${result.exitCode}: ${result.stderr.trim().split("\n").at(-1) ?? ""}`);
  }
  const report = JSON.parse(result.stdout) as Report;
  const { reviewed, cached, skipped, files } = report.coverage;
  if (!report.run.complete || reviewed + cached + skipped !== files) throw new Error("not every file was reviewed");
  const billUsd = simulator.bill().usd;
  if (Math.abs(report.cost.usd - billUsd) > 1e-9) {
    throw new Error(`the report says $${report.cost.usd}, the provider's bill $${billUsd}`);
  }
  return { result, report };
}
