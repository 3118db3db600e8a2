/** `node bench/main.ts [case…] [--runs N] [--json] [--list]`: measures the named cases, or all of them. */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { hundredFiles } from "./cases/hundredFiles.ts";
import { realPackages } from "./cases/realPackages.ts";
import { tenFiles } from "./cases/tenFiles.ts";
import { unchangedLarge, unchangedSmall } from "./cases/unchanged.ts";
import { formatResult, runCase } from "./harness.ts";
import type { BenchCase, CaseResult } from "./harness.ts";

const cases: readonly BenchCase[] = [tenFiles, hundredFiles, realPackages, unchangedSmall, unchangedLarge];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: "string", default: "3" },
    json: { type: "boolean", default: false },
    list: { type: "boolean", default: false },
  },
});

function chosenCases(names: readonly string[]): readonly BenchCase[] {
  if (names.length === 0) return cases;
  return names.map((name) => {
    const found = cases.find((one) => one.name === name);
    if (!found) throw new Error(`There is no case ${name}. Cases: ${cases.map((one) => one.name).join(", ")}.`);
    return found;
  });
}

async function measure(chosen: readonly BenchCase[], runs: number): Promise<void> {
  const results: CaseResult[] = [];
  for (const bench of chosen) {
    const result = await runCase(bench, runs, (run) => process.stderr.write(`${bench.name}: run ${run} of ${runs}\n`));
    results.push(result);
    if (!values.json) console.log(`\n${formatResult(result, bench.figures)}`);
  }
  const machine = { node: process.version, platform: process.platform, cores: cpus().length };
  if (values.json) console.log(JSON.stringify({ machine, results }, null, 2));
  if (results.some((result) => result.rows.some((row) => row.error !== null))) process.exitCode = 1;
}

const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs must be a whole number above 0, not ${values.runs}.`);
if (values.list) console.log(cases.map((one) => `${one.name}  ${one.title}`).join("\n"));
else await measure(chosenCases(positionals), runs);
