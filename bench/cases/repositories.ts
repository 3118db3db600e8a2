/** Whole repositories and a model: what the first review costs, and what each kind of change costs after it. */
import { appendFile, cp } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { copyCorpus } from "../../test/support/corpus.ts";
import { createProviderSimulator } from "../../test/support/providerSimulator/providerSimulator.ts";
import type { Simulator } from "../../test/support/providerSimulator/providerSimulator.ts";
import { createBenchFolder } from "../benchFolder.ts";
import { folderBytes, folderFiles } from "../folderFiles.ts";
import { dollars, megabytes, percent, times } from "../formats.ts";
import { defineCase, type BenchCase, type BenchRow, type Sample } from "../harness.ts";
import { copyRepository } from "../repositories/copyRepository.ts";
import { createShareable, type Shareable } from "../repositories/shareable.ts";
import { editSignature, type SignatureEdit } from "../repositories/signatureEdits.ts";
import { runEngine } from "../runEngine.ts";

/** Short, so that the case is: the figures that count do not depend on it. */
const firstTokenMs = 50;
const totalMs = 200;
const concurrency = 16;
/** Of the simulator. */
const BYTES_PER_TOKEN = 4;
const CACHED_WEIGHT = 0.1;

interface Repository {
  readonly name: string;
  readonly edits: readonly number[];
  /** Where it is left out, nothing is measured but the first review. */
  readonly signature?: SignatureEdit;
  write(folder: string): Promise<void>;
}

const eslintSignature: SignatureEdit = {
  file: "eslint/lib/rules/utils/ast-utils.js",
  from: "function isParenthesised(sourceCode, node) {",
  to: "function isParenthesised(sourceCode, node, depth) {",
};

const small: readonly Repository[] = [
  {
    name: "express",
    edits: [1],
    signature: {
      file: "utils.js",
      from: "exports.normalizeType = function(type){",
      to: "exports.normalizeType = function(type, fallback){",
    },
    async write(folder) {
      const copy = copyCorpus("express");
      await cp(copy.folder, folder, { recursive: true });
      copy.remove();
    },
  },
  {
    name: "500 files",
    edits: [1, 10, 100],
    signature: eslintSignature,
    write: async (folder) => void (await copyRepository(folder, 500)),
  },
  { name: "500 of TypeScript", edits: [], write: copyOwnSources },
];

/** Files of this project, with what it asks of whoever contributes as the workspace's conventions. */
async function copyOwnSources(folder: string): Promise<void> {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const names = (await folderFiles(join(root, "src"))).filter((file) => file.endsWith(".ts")).toSorted();
  for (const file of names.slice(0, 500)) await cp(file, join(folder, relative(root, file)));
  await cp(join(root, "CONTRIBUTING.md"), join(folder, ".onceover", "rules.md"));
}

const large: Repository = {
  name: "5,000 files",
  edits: [1, 10, 100],
  signature: eslintSignature,
  write: async (folder) => void (await copyRepository(folder, 5_000)),
};

interface Scope extends AsyncDisposable {
  readonly simulator: Simulator;
  readonly shareable: Shareable;
  readonly parent: string;
}

async function openScope(repositories: readonly Repository[]): Promise<Scope> {
  const parent = await createBenchFolder();
  const shareable = createShareable();
  for (const { name, write } of repositories) await write(join(parent.path, name));
  const { gate } = shareable;
  const simulator = await createProviderSimulator({ firstTokenMs, totalMs, keepBodies: false, gate });
  return {
    simulator,
    shareable,
    parent: parent.path,
    async [Symbol.asyncDispose]() {
      await simulator.stop();
      await parent[Symbol.asyncDispose]();
    },
  };
}

async function review({ simulator, shareable, parent }: Scope, name: string): Promise<Sample> {
  simulator.reset();
  shareable.reset();
  const store = join(parent, `store of ${name}`);
  const folder = join(parent, name);
  const args = [folder, "--store", store, "--base-url", simulator.url, "--model", simulator.model];
  const { engine, wallMs, peakRssBytes } = await runEngine(args, { ONCEOVER_API_KEY: simulator.key });
  const { usd, inputTokens, cachedInputTokens } = simulator.bill();
  if (!engine.complete) throw new Error("the run is not complete");
  if (Math.abs(engine.cost.usd - usd) > 1e-9) throw new Error(`the report says $${engine.cost.usd}, the bill $${usd}`);
  const requests = simulator.requests.length;
  const sourceTokens = (await folderBytes(folder)) / BYTES_PER_TOKEN;
  const idealMs = Math.ceil(requests / concurrency) * totalMs;
  const ifAny = (value: number) => (requests === 0 ? null : value);
  return {
    wallMs,
    figures: {
      reviewed: engine.coverage.reviewed,
      requests,
      plain: inputTokens / sourceTokens,
      weighted: (inputTokens - cachedInputTokens * (1 - CACHED_WEIGHT)) / sourceTokens,
      ofShareable: shareable.tokens() === 0 ? null : cachedInputTokens / shareable.tokens(),
      ofInstructions: shareable.tokens() === 0 ? null : shareable.ofInstructions() / shareable.tokens(),
      costUsd: usd,
      ofIdeal: ifAny(engine.runMs / idealMs),
      peakRssBytes,
    },
  };
}

/** Spread over the whole repository. */
async function editFiles(folder: string, count: number): Promise<void> {
  const files = (await folderFiles(folder)).toSorted();
  const step = files.length / count;
  for (let at = 0; at < count; at++) await appendFile(files[Math.floor(at * step)]!, `\n/* edit ${count} */\n`);
}

function rowsFor({ name, edits, signature }: Repository): BenchRow<Scope>[] {
  const row = (what: string, prepare?: (folder: string) => Promise<void>): BenchRow<Scope> => ({
    name: `${name}, ${what}`,
    async measure(scope) {
      await prepare?.(join(scope.parent, name));
      return review(scope, name);
    },
  });
  if (!signature) return [row("cold")];
  return [
    row("cold"),
    row("unchanged"),
    ...edits.map((count) => row(count === 1 ? "1 edit" : `${count} edits`, (folder) => editFiles(folder, count))),
    row("a signature", (folder) => editSignature(folder, signature)),
  ];
}

function repositoriesCase(
  names: { readonly name: string; readonly baseline: string },
  repositories: readonly Repository[],
): BenchCase {
  return defineCase<Scope>({
    ...names,
    title: "Whole repositories, reviewed by a model",
    conditions: `Provider on loopback: first token after ${firstTokenMs} ms, each reply in ${totalMs} ms, concurrency ${concurrency}; no second looks; times include process start`,
    figures: [
      { key: "reviewed", heading: "reviewed", format: String, better: "less" },
      { key: "requests", heading: "requests", format: String, better: "less" },
      { key: "plain", heading: "input ÷ source", format: times, better: "less" },
      { key: "weighted", heading: "by price", format: times, better: "less" },
      { key: "ofShareable", heading: "cached of shareable", format: percent, better: "more" },
      { key: "ofInstructions", heading: "instructions alone", format: percent },
      { key: "costUsd", heading: "cost", format: dollars, better: "less" },
      { key: "ofIdeal", heading: "run ÷ ideal", format: (value) => value.toFixed(2) },
      { key: "peakRssBytes", heading: "peak RSS", format: megabytes },
    ],
    openScope: () => openScope(repositories),
    rows: repositories.flatMap(rowsFor),
  });
}

export const wholeRepositories = repositoriesCase({ name: "repositories", baseline: "500 files, cold" }, small);
export const largeRepository = repositoriesCase({ name: "repositories-5000", baseline: "5,000 files, cold" }, [large]);
