/** Forty requests with a long beginning in common, at once: what of it is read from the provider's cache, and how soon. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createProviderSimulator } from "../../test/support/providerSimulator/providerSimulator.ts";
import type { SimulatorOptions } from "../../test/support/providerSimulator/options.ts";
import { analyze, type AnalyzeOptions } from "../analyzeCommand.ts";
import { defineCase, type BenchRow } from "../harness.ts";

const unitCount = 40;
const firstTokenMs = 2_000;
const totalMs = 10_000;
const replyTokens = 400;
/** Three bytes a character, so that a file of rules that is taken whole has ten thousand of the simulator's tokens. */
const rules = "入力は境界で検証し、資源は必ず返し、失敗は呼び出し元に知らせること。\n".repeat(370);

interface Scope extends AsyncDisposable {
  readonly folder: string;
  readonly parent: string;
  /** Tokens that all requests begin with, as far as any of them was read from the cache. */
  sharedTokens: number;
  stores: number;
}

async function openScope(): Promise<Scope> {
  const parent = await mkdtemp(join(tmpdir(), "onceover-bench-"));
  const folder = join(parent, "workspace");
  await mkdir(join(folder, ".onceover"), { recursive: true });
  await writeFile(join(folder, ".onceover", "rules.md"), rules);
  for (let at = 0; at < unitCount; at++) {
    const lines = Array.from({ length: 40 }, (_, line) => `  total += values[${line}] * ${at + line};`);
    const text = `export function sum${at}(values: number[]) {\n  let total = 0;\n${lines.join("\n")}\n  return total;\n}\n`;
    await writeFile(join(folder, `file${at}.ts`), text);
  }
  return {
    folder,
    parent,
    sharedTokens: 0,
    stores: 0,
    [Symbol.asyncDispose]: () => rm(parent, { recursive: true, force: true, maxRetries: 3 }),
  };
}

function row(
  name: string,
  simulated: SimulatorOptions,
  asked: Pick<AnalyzeOptions, "provider" | "model"> = {},
): BenchRow<Scope> {
  return {
    name,
    async measure(scope) {
      const simulator = await createProviderSimulator({
        firstTokenMs,
        totalMs,
        replyTokens,
        keepBodies: false,
        ...simulated,
      });
      try {
        const store = join(scope.parent, `store-${scope.stores++}`);
        const args = ["--concurrency", String(unitCount)];
        await analyze({ folder: scope.folder, store, simulator, args, ...asked });
        const { inputTokens, cachedInputTokens, cacheWriteTokens } = simulator.bill();
        const records = simulator.requests;
        const cached = records.map(({ usage }) => usage?.cachedInputTokens ?? 0);
        scope.sharedTokens = Math.max(scope.sharedTokens, ...cached);
        const wallMs = Math.max(...records.map(({ endMs }) => endMs ?? 0)) - records[0]!.startMs;
        const weighted = inputTokens - cachedInputTokens * 0.9 + cacheWriteTokens * 0.25;
        return {
          wallMs,
          figures: {
            requests: records.length,
            cached: cachedInputTokens / (scope.sharedTokens * (records.length - 1)),
            ofWaiting: wallMs / (2 * totalMs),
            inputCost: weighted / inputTokens,
          },
        };
      } finally {
        await simulator.stop();
      }
    },
  };
}

const percent = (value: number) => `${(value * 100).toFixed(1)} %`;

export const fortyRequests = defineCase<Scope>({
  name: "forty-requests",
  title: "Forty requests that begin alike",
  conditions: `Concurrency ${unitCount}; first token after ${firstTokenMs} ms, each reply in ${totalMs} ms; from the first request's start to the last one's end`,
  baseline: "blocks",
  figures: [
    { key: "requests", heading: "requests", format: String },
    { key: "cached", heading: "of the shared tokens cached", format: percent },
    { key: "ofWaiting", heading: "÷ first to its end, then all", format: (value) => value.toFixed(2) },
    { key: "inputCost", heading: "input cost of uncached", format: percent },
  ],
  openScope,
  rows: [
    row("blocks", {}),
    row("blocks, 15 a minute", { cacheOverflowPerMinute: 15 }),
    row("breakpoints (Anthropic)", {}, { provider: "anthropic", model: "claude-sonnet-5" }),
    row("readable at the end", { cacheReadableAt: "end" }),
  ],
});
