/** Forty requests with a long beginning in common, at once: what of it is read from the provider's cache, and how soon. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createProviderSimulator } from "../../test/support/providerSimulator/providerSimulator.ts";
import type { SimulatorOptions } from "../../test/support/providerSimulator/options.ts";
import { analyze, type AnalyzeOptions } from "../analyzeCommand.ts";
import { percent } from "../formats.ts";
import { defineCase, type BenchCase, type BenchRow } from "../harness.ts";

const unitCount = 40;
const replyTokens = 400;
/** Three bytes a character, so that a file of rules that is taken whole has ten thousand of the simulator's tokens. */
const rules = "入力は境界で検証し、資源は必ず返し、失敗は呼び出し元に知らせること。\n".repeat(370);

interface ReplyTimes {
  readonly firstTokenMs: number;
  readonly totalMs: number;
}

interface Scope extends AsyncDisposable {
  readonly folder: string;
  readonly parent: string;
  readonly replies: ReplyTimes;
  /** Tokens that all requests begin with, as far as any of them was read from the cache. */
  sharedTokens: number;
  stores: number;
}

async function openScope(replies: ReplyTimes): Promise<Scope> {
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
    replies,
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
        ...scope.replies,
        replyTokens,
        keepBodies: false,
        ...simulated,
      });
      try {
        const store = join(scope.parent, `store-${scope.stores++}`);
        // Second looks begin otherwise.
        const args = ["--concurrency", String(unitCount), "--no-refute"];
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
            ofWaiting: wallMs / (2 * scope.replies.totalMs),
            inputCost: weighted / inputTokens,
          },
        };
      } finally {
        await simulator.stop();
      }
    },
  };
}

function fortyCase(replies: ReplyTimes, moreRows: readonly BenchRow<Scope>[]): BenchCase {
  return defineCase<Scope>({
    name: "forty-requests",
    title: "Forty requests that begin alike",
    conditions: `Concurrency ${unitCount}; first token after ${replies.firstTokenMs} ms, each reply in ${replies.totalMs} ms; from the first request's start to the last one's end`,
    baseline: "blocks",
    figures: [
      { key: "requests", heading: "requests", format: String, better: "less" },
      { key: "cached", heading: "of the shared tokens cached", format: percent, better: "more" },
      { key: "ofWaiting", heading: "÷ first to its end, then all", format: (value) => value.toFixed(2) },
      { key: "inputCost", heading: "input cost of uncached", format: percent, better: "less" },
    ],
    openScope: () => openScope(replies),
    rows: [
      row("blocks", {}),
      row("blocks, 15 a minute", { cacheOverflowPerMinute: 15 }),
      row("breakpoints (Anthropic)", {}, { provider: "anthropic", model: "claude-sonnet-5" }),
      ...moreRows,
    ],
  });
}

/** With short replies its figures are chance: where the host is slow, requests go out after the first reply's end. */
const readableAtEnd = row("readable at the end", { cacheReadableAt: "end" });

export const fortyRequests = fortyCase({ firstTokenMs: 2_000, totalMs: 10_000 }, [readableAtEnd]);
export const quickForty = fortyCase({ firstTokenMs: 100, totalMs: 800 }, []);
