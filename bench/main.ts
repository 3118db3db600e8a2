/**
 * `node bench/main.ts recall [--sources FOLDER] [--rule ID] [--misses FILE]`: how many planted defects the offline
 * engine finds. It is measured when it is asked for alone.
 * `node bench/main.ts durability [--kills N] [--damages N] [--fault-step N] [--seed N]`, `node bench/main.ts caches`:
 * `node bench/main.ts slope [--runs N]`: also by their names alone. So is `node bench/main.ts scale`, which measures nothing: it works out what a million files
 * and a thousand developers would take, from what was measured; and `node bench/main.ts plots FILE…`, which draws what
 * `--json FILE` has kept of growth, growth-model and peers.
 * `node bench/main.ts [case…] [--runs N] [--json FILE] [--check] [--keep] [--list]`: measures the named cases, or all.
 * `--check` compares their ratios with the committed ones and fails when one has grown; `--keep` commits to these.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { express } from "./cases/express.ts";
import { fortyRequests } from "./cases/fortyRequests.ts";
import { growth, growthWithModel } from "./cases/growth.ts";
import { hundredFiles } from "./cases/hundredFiles.ts";
import { largeTree } from "./cases/largeTree.ts";
import { loading } from "./cases/loading.ts";
import { memory } from "./cases/memory.ts";
import { panel } from "./cases/panel.ts";
import { parallelRuns } from "./cases/parallelRuns.ts";
import { peers } from "./cases/peers.ts";
import { realPackages } from "./cases/realPackages.ts";
import { wholeRepositories } from "./cases/repositories.ts";
import { scale100000 } from "./cases/scale100000.ts";
import { scaleModel } from "./cases/scaleModel.ts";
import { scheduler } from "./cases/scheduler.ts";
import { secondLook } from "./cases/secondLook.ts";
import { spanCost } from "./cases/spans.ts";
import { startUp } from "./cases/startUp.ts";
import { signatures } from "./cases/signatures.ts";
import { report10000 } from "./cases/report10000.ts";
import { tenFiles } from "./cases/tenFiles.ts";
import { toolCalls } from "./cases/tools.ts";
import { workers } from "./cases/workers.ts";
import { unchangedLarge, unchangedSmall } from "./cases/unchanged.ts";
import { compareRatios, ratiosOf, type Ratios } from "./guard.ts";
import { formatResult, runCase } from "./harness.ts";
import type { BenchCase, CaseResult } from "./harness.ts";

const cases: readonly BenchCase[] = [
  tenFiles,
  hundredFiles,
  express,
  fortyRequests,
  realPackages,
  secondLook,
  signatures,
  unchangedSmall,
  unchangedLarge,
  report10000,
  panel,
  largeTree,
  spanCost,
  scheduler,
  toolCalls,
  startUp,
  loading,
  workers,
  memory,
  parallelRuns,
  wholeRepositories,
  growth,
  growthWithModel,
  peers,
];

/** They take long: asked for by their names alone. */
const longCases: readonly BenchCase[] = [scale100000, scaleModel];

/** Compares figures, not times: asked for by its name alone. */
const complexity = {
  name: "complexity",
  title: "Complexity of functions, compared with ESLint and SonarSource",
  run: async () => console.log(await (await import("./complexity/compareComplexity.ts")).compareComplexity()),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: "string", default: "3" },
    json: { type: "string" },
    check: { type: "boolean", default: false },
    keep: { type: "boolean", default: false },
    list: { type: "boolean", default: false },
    sources: { type: "string" },
    rule: { type: "string" },
    misses: { type: "string" },
    kills: { type: "string", default: "200" },
    damages: { type: "string", default: "2000" },
    "fault-step": { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
  },
});

function chosenCases(names: readonly string[]): readonly BenchCase[] {
  if (names.length === 0) return cases;
  return names.map((name) => {
    const found = [...cases, ...longCases].find((one) => one.name === name);
    if (!found) throw new Error(`There is no case ${name}. Cases: ${cases.map((one) => one.name).join(", ")}.`);
    return found;
  });
}

async function measure(chosen: readonly BenchCase[], runs: number): Promise<void> {
  const results: CaseResult[] = [];
  for (const bench of chosen) {
    const result = await runCase(bench, runs, (run) => process.stderr.write(`${bench.name}: run ${run} of ${runs}\n`));
    results.push(result);
    console.log(`\n${formatResult(result, bench.figures)}`);
    if (bench.remark) console.log(bench.remark(result));
  }
  const machine = { node: process.version, platform: process.platform, cores: cpus().length };
  if (values.json) writeFileSync(values.json, `${JSON.stringify({ machine, results }, null, 2)}\n`);
  if (results.some((result) => result.rows.some((row) => row.error !== null))) process.exitCode = 1;
  if (values.keep) keepRatios(ratiosOf(results));
  if (values.check) check(results);
}

/** Counts instead of comparing times, so it is no case like the others. */
async function measureFound(): Promise<void> {
  const { recall } = await import("./recall/recall.ts");
  if (!(await recall(values))) process.exitCode = 1;
}

async function tryDurability(): Promise<void> {
  const { durability } = await import("./durability/durability.ts");
  const { kills, damages, seed } = values;
  const counts = { kills: Number(kills), damages: Number(damages), seed: Number(seed) };
  if (!(await durability({ ...counts, faultStep: Number(values["fault-step"]) }))) process.exitCode = 1;
}

/** A few runs say nothing of a slope. */
async function measureSlope(): Promise<void> {
  const { slope } = await import("./slope/slope.ts");
  if (!(await slope(Math.max(40, runs)))) process.exitCode = 1;
}

const ratiosFile = new URL("./ratios.json", import.meta.url);

function readRatios(): Ratios {
  return JSON.parse(readFileSync(ratiosFile, "utf8")) as Ratios;
}

/** Cases that were not measured this time keep theirs. */
function keepRatios(measured: Ratios): void {
  writeFileSync(ratiosFile, `${JSON.stringify({ ...readRatios(), ...measured }, null, 2)}\n`);
}

function check(results: readonly CaseResult[]): void {
  const grown = compareRatios(readRatios(), results);
  for (const line of grown) console.error(`! ${line}`);
  if (grown.length > 0) process.exitCode = 1;
  else console.log("\nNo ratio has grown.");
}

const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs must be a whole number above 0, not ${values.runs}.`);
if (values.list) console.log([...cases, ...longCases, complexity].map((one) => `${one.name}  ${one.title}`).join("\n"));
else if (positionals.includes(complexity.name)) await complexity.run();
else if (positionals.join() === "recall") await measureFound();
else if (positionals.join() === "durability") await tryDurability();
else if (positionals.join() === "caches") await (await import("./caches/caches.ts")).caches();
else if (positionals.join() === "slope") await measureSlope();
else if (positionals[0] === "plots") {
  console.log((await import("./plots/writePlots.ts")).writePlots(positionals.slice(1)).join("\n"));
} else if (positionals.join() === "scale") console.log((await import("./scale/scale.ts")).scale());
else await measure(chosenCases(positionals), runs);
