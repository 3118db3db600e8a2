/** Other ways to have a folder reviewed by a model, each as its users run it, on the same simulated provider. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { copyCorpus, type CorpusCopy } from "../../test/support/corpus.ts";
import { createProviderSimulator } from "../../test/support/providerSimulator/providerSimulator.ts";
import type { Simulator } from "../../test/support/providerSimulator/providerSimulator.ts";
import { analyze } from "../analyzeCommand.ts";
import { createBenchFolder } from "../benchFolder.ts";
import { dollars, times } from "../formats.ts";
import { defineCase, type BenchRow } from "../harness.ts";
import { builtPeer } from "../peers/build.ts";
import { peerReply } from "../peers/peerReplies.ts";
import { openCodeReviewProgram, packerProgram, runPeer } from "../peers/peerTools.ts";

const firstTokenMs = 300;
const totalMs = 1_500;
/** Of the simulator. */
const BYTES_PER_TOKEN = 4;
const CACHED_WEIGHT = 0.1;
const files = ["application.js", "express.js", "request.js", "response.js", "utils.js", "view.js"];

interface Scope extends AsyncDisposable {
  readonly simulator: Simulator;
  readonly copy: CorpusCopy;
  readonly parent: string;
  readonly sourceTokens: number;
}

async function openScope(): Promise<Scope> {
  const parent = await createBenchFolder();
  const copy = copyCorpus("express", { git: true });
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(copy.folder, file))).size));
  const simulator = await createProviderSimulator({ firstTokenMs, totalMs, keepBodies: false, reply: peerReply });
  return {
    simulator,
    copy,
    parent: parent.path,
    sourceTokens: sizes.reduce((sum, size) => sum + size, 0) / BYTES_PER_TOKEN,
    async [Symbol.asyncDispose]() {
      await simulator.stop();
      copy.remove();
      await parent[Symbol.asyncDispose]();
    },
  };
}

/** Twice: from nothing, and again with nothing changed. The provider remembers prompts in between, as a real one would. */
function rowsFor(name: string, review: (scope: Scope) => Promise<{ wallMs: number }>): BenchRow<Scope>[] {
  const row = (rowName: string, isAgain: boolean): BenchRow<Scope> => ({
    name: rowName,
    async measure(scope) {
      const { simulator, sourceTokens } = scope;
      if (!isAgain) simulator.reset();
      const before = simulator.bill();
      const { wallMs } = await review(scope);
      const bill = simulator.bill();
      const inputTokens = bill.inputTokens - before.inputTokens;
      const cachedTokens = bill.cachedInputTokens - before.cachedInputTokens;
      return {
        wallMs,
        figures: {
          requests: bill.requests - before.requests,
          plain: inputTokens / sourceTokens,
          weighted: (inputTokens - cachedTokens * (1 - CACHED_WEIGHT)) / sourceTokens,
          outputTokens: bill.outputTokens - before.outputTokens,
          costUsd: bill.usd - before.usd,
        },
      };
    },
  });
  return [row(name, false), row(`${name}, again`, true)];
}

const keyed = ({ simulator, parent }: Scope) => ({
  HOME: parent,
  OPENAI_API_KEY: simulator.key,
  OPENAI_BASE_URL: simulator.url,
});

async function askEachFile(scope: Scope) {
  const args = [await builtPeer("limited"), scope.copy.folder, scope.simulator.model];
  return runPeer(process.execPath, args, { cwd: scope.parent, env: keyed(scope) });
}

async function packAndAsk(scope: Scope) {
  const { copy, parent, simulator } = scope;
  const options = { cwd: parent, env: keyed(scope) };
  const packed = join(parent, "packed.xml");
  const packing = await runPeer(
    process.execPath,
    [packerProgram(), copy.folder, "--output", packed, "--quiet"],
    options,
  );
  const asking = await runPeer(process.execPath, [await builtPeer("packedPrompt"), packed, simulator.model], options);
  for (const file of files) if (!asking.stdout.includes(file)) throw new Error(`${file} is not in the reply`);
  return { wallMs: packing.wallMs + asking.wallMs };
}

async function scan({ copy, parent, simulator }: Scope) {
  const env = {
    HOME: parent,
    OCR_LLM_URL: simulator.url,
    OCR_LLM_TOKEN: simulator.key,
    OCR_LLM_MODEL: simulator.model,
    OCR_USE_ANTHROPIC: "false",
    OCR_ENABLE_TELEMETRY: "0",
  };
  const run = await runPeer(openCodeReviewProgram(), ["scan", "--format", "json"], { cwd: copy.folder, env });
  for (const file of files) if (!run.stdout.includes(`"${file}"`)) throw new Error(`${file} has no comment`);
  return run;
}

const onceover =
  (store: string, args: readonly string[]) =>
  async ({ simulator, copy, parent }: Scope) => {
    // Its report is compared with the bill since the last reset, so that the second time it must have cost nothing.
    const { usd } = simulator.bill();
    const whole = { ...simulator, bill: () => ({ ...simulator.bill(), usd: simulator.bill().usd - usd }) };
    const { result } = await analyze({ folder: copy.folder, store: join(parent, store), simulator: whole, args });
    return result;
  };

export const peers = defineCase<Scope>({
  name: "peers",
  title: "Express, reviewed in the ways there are",
  conditions: `Provider on loopback: first token after ${firstTokenMs} ms, each reply in ${totalMs} ms; cached input counts a tenth; times include process start`,
  baseline: "onceover",
  figures: [
    { key: "requests", heading: "requests", format: String },
    { key: "plain", heading: "input ÷ source", format: times },
    { key: "weighted", heading: "by price", format: times },
    { key: "outputTokens", heading: "tokens out", format: String },
    { key: "costUsd", heading: "cost", format: dollars },
  ],
  openScope,
  rows: [
    ...rowsFor("a request a file, ten at once", askEachFile),
    ...rowsFor("Repomix and one prompt", packAndAsk),
    ...rowsFor("Open Code Review, scan", scan),
    ...rowsFor("onceover", onceover("store", [])),
    ...rowsFor("onceover, no second looks", onceover("store-2", ["--no-refute"])),
  ],
});
