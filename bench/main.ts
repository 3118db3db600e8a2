/**
 * `node bench/main.ts recall [--sources FOLDER] [--rule ID] [--misses FILE]`: how many planted defects the offline
 * engine finds. It is measured when it is asked for alone.
 * `node bench/main.ts durability [--kills N] [--damages N] [--fault-step N] [--seed N]`, `node bench/main.ts caches`:
 * `node bench/main.ts slope [--runs N]`: also by their names alone. So is `node bench/main.ts scale`, which measures nothing: it works out what a million files
 * and a thousand developers would take, from what was measured; and `node bench/main.ts plots FILE…`, which draws what
 * `--json FILE` has kept of growth, growth-model and peers.
 * `node bench/main.ts [case…] [--quick] [--runs N] [--json FILE] [--check] [--keep] [--list]`: measures the named cases,
 * or all. `--check` compares their ratios and counts with the committed ones and fails when one is worse; `--keep` commits
 * to these. With `--quick` a few short cases are measured, and of them, or of those that are named, counts alone guarded.
 */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { cases, namedCases, quickCases } from "./caseLists.ts";
import { compareWithCommitted, keepMeasured } from "./committed.ts";
import type { MeasuredCase } from "./countsGuard.ts";
import { seconds } from "./formats.ts";
import { formatResult, runCase, type BenchCase } from "./harness.ts";
import { formatTable } from "./table.ts";

/** Compares figures, not times: asked for by its name alone. */
const complexity = {
  name: "complexity",
  title: "Complexity of functions, compared with ESLint and SonarSource",
  run: async () => console.log(await (await import("./complexity/compareComplexity.ts")).compareComplexity()),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: "string" },
    json: { type: "string" },
    quick: { type: "boolean", default: false },
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
  if (names.length === 0) return values.quick ? quickCases : cases;
  return names.map((name) => {
    const found = [...cases, ...namedCases].find((one) => one.name === name);
    if (!found) throw new Error(`There is no case ${name}. --list names them.`);
    return found;
  });
}

interface Titled {
  readonly name: string;
  readonly title: string;
}

function listCases(): string {
  return `${titleLines(cases)}\n\nBy name alone:\n${titleLines([...namedCases, complexity])}`;
}

function titleLines(some: readonly Titled[]): string {
  return some.map(({ name, title }) => `${name}  ${title}`).join("\n");
}

async function measure(chosen: readonly BenchCase[], runs: number): Promise<void> {
  const measured: MeasuredCase[] = [];
  const taken: string[][] = [];
  for (const bench of chosen) {
    const startMs = performance.now();
    const result = await runCase(bench, runs, (run) => process.stderr.write(`${bench.name}: run ${run} of ${runs}\n`));
    taken.push([bench.name, seconds(performance.now() - startMs)]);
    measured.push({ figures: bench.figures, result });
    console.log(`\n${formatResult(result, bench.figures)}`);
    if (bench.remark) console.log(bench.remark(result));
  }
  if (chosen.length > 1) console.log(`\n${formatTable(["taken", seconds(performance.now())], taken)}`);
  const results = measured.map(({ result }) => result);
  const machine = { node: process.version, platform: process.platform, cores: cpus().length };
  if (values.json) writeFileSync(values.json, `${JSON.stringify({ machine, results }, null, 2)}\n`);
  if (results.some((result) => result.rows.some((row) => row.error !== null))) process.exitCode = 1;
  const what = values.quick ? "counts" : "all";
  if (values.keep) keepMeasured(measured, what);
  if (values.check) check(compareWithCommitted(measured, what));
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

function check(worse: readonly string[]): void {
  for (const line of worse) console.error(`! ${line}`);
  if (worse.length > 0) process.exitCode = 1;
  else console.log(values.quick ? "\nNo count is worse." : "\nNo ratio has grown, and no count is worse.");
}

const runs = Number(values.runs ?? (values.quick || positionals.length === 0 ? 1 : 3));
if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs must be a whole number above 0, not ${values.runs}.`);
if (values.list) console.log(listCases());
else if (positionals.includes(complexity.name)) await complexity.run();
else if (positionals.join() === "recall") await measureFound();
else if (positionals.join() === "durability") await tryDurability();
else if (positionals.join() === "caches") await (await import("./caches/caches.ts")).caches();
else if (positionals.join() === "slope") await measureSlope();
else if (positionals[0] === "plots") {
  console.log((await import("./plots/writePlots.ts")).writePlots(positionals.slice(1)).join("\n"));
} else if (positionals.join() === "scale") console.log((await import("./scale/scale.ts")).scale());
else await measure(chosenCases(positionals), runs);
