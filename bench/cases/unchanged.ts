/** Nothing has changed, or one file has: how long it takes to say so, beside what git and a linter's cache take. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { initRepository, runGit } from "../../test/support/gitRepository.ts";
import { linterProgram } from "../../test/support/corpus.ts";
import { defineCase } from "../harness.ts";
import type { BenchCase, BenchRow, Sample } from "../harness.ts";
import { runNode } from "../nodeProcess.ts";
import { writeManyFiles } from "../sampleFolder.ts";

const commandLine = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const windowProgram = fileURLToPath(new URL("../windowProcess.ts", import.meta.url));
const timeoutMs = 300_000;
const OLDER_THAN_CLOCKS_MS = 2_500;

interface Scope extends AsyncDisposable {
  readonly folder: string;
  readonly store: string;
  readonly files: readonly string[];
  readonly lintCache: string;
  /** Of this run, for the rows that are compared with them. */
  gitStatusMs: number;
  emptyMs: number;
}

async function openScope(fileCount: number): Promise<Scope> {
  const parent = await mkdtemp(join(tmpdir(), "onceover-bench-"));
  const folder = join(parent, "workspace");
  const files = await writeManyFiles(folder, fileCount);
  // No rules: what is timed is finding out that nothing has changed.
  await writeFile(join(folder, "eslint.config.mjs"), "export default [{ rules: {} }];\n");
  initRepository(folder);
  // What was written a moment ago may change once more without its stamp, and is read again by everyone here: git notes in
  // its index that it has, which is written by that.
  await setTimeout(OLDER_THAN_CLOCKS_MS);
  runGit(folder, "status", "--porcelain");
  await setTimeout(OLDER_THAN_CLOCKS_MS);
  return {
    folder,
    store: join(parent, "store"),
    files,
    lintCache: join(parent, "lint-cache"),
    gitStatusMs: Number.NaN,
    emptyMs: Number.NaN,
    [Symbol.asyncDispose]: () => rm(parent, { recursive: true, force: true, maxRetries: 3 }),
  };
}

async function review(
  scope: Scope,
  expected: { cached?: number; reviewed?: number },
  more: readonly string[] = [],
): Promise<Sample> {
  const { folder, store } = scope;
  const args = ["analyze", folder, "--cache-dir", store, "--quiet", "--format", "json", ...more];
  const { wallMs, stdout, stderr, exitCode, peakRssBytes } = await runNode(commandLine, args, { timeoutMs });
  if (exitCode !== 0) throw new Error(stderr.trim().split("\n").at(-1) ?? "no output");
  const { coverage, run } = JSON.parse(stdout) as { coverage: Record<string, number>; run: { durationMs: number } };
  for (const [status, count] of Object.entries(expected)) {
    if (coverage[status] !== count) throw new Error(`${coverage[status]} files ${status} instead of ${count}`);
  }
  return { wallMs, figures: { runMs: run.durationMs, ...beside(scope, wallMs), peakRssBytes } };
}

/** Whatever runs in Node waits for Node's own start. */
function beside({ gitStatusMs, emptyMs }: Scope, wallMs: number) {
  return { ofGitStatus: wallMs / gitStatusMs, aboveNode: (wallMs - emptyMs) / gitStatusMs };
}

async function emptyProcess(scope: Scope): Promise<Sample> {
  const { wallMs } = await runNode("--eval", ["0"], { timeoutMs });
  scope.emptyMs = wallMs;
  return { wallMs, figures: {} };
}

async function gitStatus(scope: Scope): Promise<Sample> {
  const startMs = performance.now();
  const child = spawn("git", ["status", "--porcelain"], { cwd: scope.folder, stdio: "ignore" });
  await once(child, "close");
  scope.gitStatusMs = performance.now() - startMs;
  return { wallMs: scope.gitStatusMs, figures: {} };
}

/** Of a window that is open: what its user waits for. */
async function inWindow({ folder, store, gitStatusMs }: Scope, expected: number): Promise<Sample> {
  const { exitCode, stdout, stderr, peakRssBytes } = await runNode(windowProgram, [folder, "--store", store], {
    timeoutMs,
  });
  if (exitCode !== 0) throw new Error(stderr.trim().split("\n").at(-1) ?? "no output");
  const { ms, coverage } = JSON.parse(stdout) as { ms: number[]; coverage: { cached: number } };
  if (coverage.cached !== expected) throw new Error(`${coverage.cached} files cached instead of ${expected}`);
  const wallMs = ms.toSorted((a, b) => a - b)[Math.floor(ms.length / 2)]!;
  return { wallMs, figures: { runMs: wallMs, ofGitStatus: wallMs / gitStatusMs, peakRssBytes } };
}

async function lint(scope: Scope): Promise<Sample> {
  const { folder, lintCache } = scope;
  const args = [".", "--cache", "--cache-location", lintCache];
  const { wallMs, exitCode, stderr, peakRssBytes } = await runNode(linterProgram(), args, {
    cwd: folder,
    timeoutMs,
  });
  if (exitCode === 2 || exitCode === null) throw new Error(stderr.trim().split("\n")[0] ?? "no output");
  return { wallMs, figures: { ...beside(scope, wallMs), peakRssBytes } };
}

/** What a day may cost is known to the store: the answer that stands before it is not asked. */
const ASK_THE_STORE = ["--daily-budget", "5"];

function rowsFor(fileCount: number): BenchRow<Scope>[] {
  // The configuration file is a file like the others.
  const all = fileCount + 1;
  return [
    { name: "git status", measure: gitStatus },
    { name: "an empty Node process", measure: emptyProcess },
    { name: "first review", measure: (scope) => review(scope, { reviewed: all }) },
    { name: "unchanged, file by file", measure: (scope) => review(scope, { cached: all }, ASK_THE_STORE) },
    { name: "unchanged", measure: (scope) => review(scope, { cached: all }) },
    { name: "unchanged, in a window", measure: (scope) => inWindow(scope, all) },
    {
      name: "one file edited",
      async measure(scope) {
        await appendFile(join(scope.folder, scope.files[0]!), "\n// edited\n");
        return review(scope, { cached: all - 1, reviewed: 1 });
      },
    },
    { name: "eslint --cache, first (no rules)", measure: lint },
    { name: "eslint --cache, unchanged", measure: lint },
  ];
}

const figures = [
  { key: "runMs", heading: "of it the run", format: (value: number) => `${Math.round(value)} ms` },
  { key: "ofGitStatus", heading: "÷ git status", format: (value: number) => value.toFixed(1) },
  { key: "aboveNode", heading: "above Node ÷ git status", format: (value: number) => value.toFixed(1) },
  { key: "peakRssBytes", heading: "peak RSS", format: (value: number) => `${Math.round(value / 2 ** 20)} MB` },
];

function unchanged(fileCount: number): BenchCase {
  return defineCase<Scope>({
    name: `unchanged-${fileCount}`,
    title: `${fileCount.toLocaleString("en-US")} files of which nothing has changed`,
    conditions: "Real JavaScript files in a git repository; the command line, offline; times include process start",
    baseline: "first review",
    figures,
    openScope: () => openScope(fileCount),
    rows: rowsFor(fileCount),
  });
}

export const unchangedSmall = unchanged(1_000);
export const unchangedLarge = unchanged(10_000);
