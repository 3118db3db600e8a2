/** Tools over a thousand files: what an answer costs the first time, and what it costs to know that it still holds. */
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Engine } from "../../src/core/engine.ts";
import { createEngine } from "../../src/core/engineFactory.ts";
import { createSystemPorts } from "../../src/core/systemPorts.ts";
import type { Tools } from "../../src/core/tools/openTools.ts";
import { DEFAULT_SETTINGS } from "../../src/shared/settings.ts";
import { initRepository } from "../../test/support/gitRepository.ts";
import { defineCase } from "../harness.ts";
import type { BenchRow, Sample } from "../harness.ts";
import { spreadOf } from "../statistics.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const repeats = 20;
const mostHitMs = 1;

type Call = readonly [name: string, parameters: object];

const files = ["engine", "engineFactory", "ports", "assets", "systemPorts"].map((name) => `src/core/${name}.ts`);
/** Each hangs on its own file, its ignore rules and, for git's, on HEAD and the index. */
const narrow: readonly Call[] = files.flatMap((path): Call[] => [
  ["read_file", { path }],
  ["outline", { path }],
  ["git_log", { path }],
  ["git_blame", { path }],
]);
/** Each hangs on every file. */
const wide: readonly Call[] = [
  ["list_files", { glob: "*.ts" }],
  ["search_text", { query: "createEngine" }],
  ["read_docs", {}],
  ["git_diff", {}],
];

interface Scope extends AsyncDisposable {
  readonly engine: Engine;
  readonly tools: Tools;
}

async function openScope(): Promise<Scope> {
  const parent = await mkdtemp(join(tmpdir(), "onceover-bench-"));
  const folder = join(parent, "workspace");
  for (const part of ["src", "docs", "test"]) await cp(join(root, part), join(folder, part), { recursive: true });
  initRepository(folder);
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  const ports = createSystemPorts({ secrets: { apiKey: async () => undefined }, logger });
  const engine = await createEngine(ports, { ...DEFAULT_SETTINGS, storeFolder: join(parent, "store") });
  const tools = await engine.openTools({ folders: [{ path: folder, prefix: "" }], trusted: true });
  return {
    engine,
    tools,
    async [Symbol.asyncDispose]() {
      tools.dispose();
      await engine.dispose();
      await rm(parent, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

interface Expected {
  readonly source: "made" | "cached";
  readonly times: number;
  /** Of the median. */
  readonly mostMs?: number;
}

function row(name: string, calls: readonly Call[], { source: expected, times, mostMs }: Expected): BenchRow<Scope> {
  return {
    name,
    async measure({ tools }): Promise<Sample> {
      const all: number[] = [];
      const startedAt = performance.now();
      for (let time = 0; time < times; time++) {
        for (const [tool, parameters] of calls) {
          const { ms, source } = await tools.call(tool, parameters);
          if (source !== expected) throw new Error(`${tool} was ${source} instead of ${expected}`);
          all.push(ms);
        }
      }
      const wallMs = (performance.now() - startedAt) / times;
      const sorted = all.toSorted((a, b) => a - b);
      const p50Ms = spreadOf(all).median;
      if (mostMs !== undefined && p50Ms > mostMs) throw new Error(`the median is ${p50Ms.toFixed(2)} ms`);
      return {
        wallMs,
        figures: { calls: calls.length, p50Ms, p95Ms: sorted[Math.floor(sorted.length * 0.95)] ?? null },
      };
    },
  };
}

const milliseconds = (value: number) => `${value.toFixed(2)} ms`;

export const toolCalls = defineCase<Scope>({
  name: "tools",
  title: "Tools, the first time and again",
  conditions: "This project's own sources in a repository; calls one after the other, time of one round",
  baseline: "a file each",
  figures: [
    { key: "calls", heading: "calls", format: String },
    { key: "p50Ms", heading: "p50", format: milliseconds },
    { key: "p95Ms", heading: "p95", format: milliseconds },
  ],
  openScope,
  rows: [
    row("a file each", narrow, { source: "made", times: 1 }),
    row("a file each, again", narrow, { source: "cached", times: repeats, mostMs: mostHitMs }),
    row("the workspace", wide, { source: "made", times: 1 }),
    row("the workspace, again", wide, { source: "cached", times: repeats }),
  ],
});
