/** Nothing has changed, or one file has: how long it takes to say so, beside what git and a linter's cache take. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { initRepository } from "../../test/support/gitRepository.ts";
import { linterProgram } from "../../test/support/corpus.ts";
import { defineCase } from "../harness.ts";
import type { BenchCase, BenchRow, Sample } from "../harness.ts";
import { runNode } from "../nodeProcess.ts";
import { writeManyFiles } from "../sampleFolder.ts";

const commandLine = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const timeoutMs = 300_000;

interface Scope extends AsyncDisposable {
  readonly folder: string;
  readonly store: string;
  readonly files: readonly string[];
  readonly lintCache: string;
  /** Of this run, for the rows that are compared with it. */
  gitStatusMs: number;
}

async function openScope(fileCount: number): Promise<Scope> {
  const parent = await mkdtemp(join(tmpdir(), "onceover-bench-"));
  const folder = join(parent, "workspace");
  const files = await writeManyFiles(folder, fileCount);
  // No rules: what is timed is finding out that nothing has changed.
  await writeFile(join(folder, "eslint.config.mjs"), "export default [{ rules: {} }];\n");
  initRepository(folder);
  return {
    folder,
    store: join(parent, "store"),
    files,
    lintCache: join(parent, "lint-cache"),
    gitStatusMs: Number.NaN,
    [Symbol.asyncDispose]: () => rm(parent, { recursive: true, force: true, maxRetries: 3 }),
  };
}

async function review(scope: Scope, expected: { cached?: number; reviewed?: number }): Promise<Sample> {
  const { folder, store, gitStatusMs } = scope;
  const args = ["analyze", folder, "--cache-dir", store, "--quiet", "--format", "json"];
  const { wallMs, stdout, stderr, exitCode, peakRssBytes } = await runNode(commandLine, args, { timeoutMs });
  if (exitCode !== 0) throw new Error(stderr.trim().split("\n").at(-1) ?? "no output");
  const { coverage, run } = JSON.parse(stdout) as { coverage: Record<string, number>; run: { durationMs: number } };
  for (const [status, count] of Object.entries(expected)) {
    if (coverage[status] !== count) throw new Error(`${coverage[status]} files ${status} instead of ${count}`);
  }
  return { wallMs, figures: { runMs: run.durationMs, ofGitStatus: wallMs / gitStatusMs, peakRssBytes } };
}

async function gitStatus(scope: Scope): Promise<Sample> {
  const startMs = performance.now();
  const child = spawn("git", ["status", "--porcelain"], { cwd: scope.folder, stdio: "ignore" });
  await once(child, "close");
  scope.gitStatusMs = performance.now() - startMs;
  return { wallMs: scope.gitStatusMs, figures: {} };
}

async function lint({ folder, lintCache, gitStatusMs }: Scope): Promise<Sample> {
  const args = [".", "--cache", "--cache-location", lintCache];
  const { wallMs, exitCode, stderr, peakRssBytes } = await runNode(linterProgram(), args, {
    cwd: folder,
    timeoutMs,
  });
  if (exitCode === 2 || exitCode === null) throw new Error(stderr.trim().split("\n")[0] ?? "no output");
  return { wallMs, figures: { ofGitStatus: wallMs / gitStatusMs, peakRssBytes } };
}

function rowsFor(fileCount: number): BenchRow<Scope>[] {
  // The configuration file is a file like the others.
  const all = fileCount + 1;
  return [
    { name: "git status", measure: gitStatus },
    { name: "first review", measure: (scope) => review(scope, { reviewed: all }) },
    { name: "unchanged", measure: (scope) => review(scope, { cached: all }) },
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
