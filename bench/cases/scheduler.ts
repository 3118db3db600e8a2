/** A thousand units with replies of random length: how well the lanes are filled, what it costs the host, what faults cost. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RequestRecord } from "../../test/support/providerSimulator/requestLog.ts";
import type { SimulatorSettings } from "../../test/support/providerSimulator/options.ts";
import { createProviderSimulator, type Simulator } from "../../test/support/providerSimulator/providerSimulator.ts";
import { defineCase, type BenchRow, type Sample } from "../harness.ts";
import { runEngine } from "../runEngine.ts";
import { writeManyFiles } from "../sampleFolder.ts";

const units = 1_000;
/** Small neighbours share a request: so many files are about a thousand requests. */
const realUnits = 3_200;
const functionsPerFile = 65;
const concurrency = 16;
const meanMs = 160;
/** As a model takes for a short reply: with shorter ones what is measured is mostly this machine. */
const slowMeanMs = 1_000;
const slow = { firstTokenMs: slowMeanMs / 4 };
const retryAfterMs = 120;

interface Scope extends AsyncDisposable {
  readonly simulator: Simulator;
  readonly parent: string;
  /** Each file a request. */
  readonly folder: string;
  /** Small neighbours share one. */
  readonly realFolder: string;
}

async function openScope(): Promise<Scope> {
  const parent = await mkdtemp(join(tmpdir(), "onceover-bench-"));
  const folder = join(parent, "workspace");
  await mkdir(folder);
  await Promise.all(
    Array.from({ length: units }, (_, index) => writeFile(join(folder, `part${index}.ts`), sourceOf(index))),
  );
  const realFolder = join(parent, "real");
  await writeManyFiles(realFolder, realUnits);
  const simulator = await createProviderSimulator({ keepBodies: false, deltaTokens: 64 });
  return {
    simulator,
    parent,
    folder,
    realFolder,
    async [Symbol.asyncDispose]() {
      await simulator.stop();
      await rm(parent, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** Too long to share a request with others: a unit is a request. */
function sourceOf(index: number): string {
  const functions = Array.from({ length: functionsPerFile }, (_, at) => {
    const body = `  const total = value * ${at};\n  send(total);\n  return total;\n`;
    return `export function part${index}of${at}(value: number): number {\n${body}}\n`;
  });
  return functions.join("\n");
}

type Behaviour = Partial<SimulatorSettings>;
type Check = (records: readonly RequestRecord[]) => Readonly<Record<string, number | null>>;

let stores = 0;

function row(
  name: string,
  behaviour: Behaviour,
  check: Check,
  files: "folder" | "realFolder" = "folder",
): BenchRow<Scope> {
  return {
    name,
    async measure({ simulator, [files]: folder, parent }): Promise<Sample> {
      simulator.configure({ faults: [], firstTokenMs: meanMs / 4, totalMs: meanMs, ...behaviour });
      simulator.reset();
      const store = join(parent, `store${stores++}`);
      const args = [folder, "--store", store, "--base-url", simulator.url, "--model", simulator.model];
      const { wallMs, engine } = await runEngine(args, { ONCEOVER_API_KEY: simulator.key });
      await simulator.whenIdle();
      const bill = simulator.bill();
      const coveredUsd = engine.cost.usd + engine.cost.maybeBilledUsd;
      if (bill.usd > coveredUsd + 1e-9)
        throw new Error(`the bill of $${bill.usd} is above the report's $${coveredUsd}`);
      const { requests } = simulator;
      return {
        wallMs,
        figures: {
          ...check(requests),
          requests: requests.length,
          hostMs: engine.hostCpuMs / (files === "folder" ? units : realUnits),
          earliestMs: engine.earliestAfterPauseMs,
          delayP99Ms: engine.delayP99Ms,
        },
      };
    },
  };
}

/** Against what no order of sending could beat: the longest request, and all lanes full from beginning to end. */
function makespan(records: readonly RequestRecord[]): { readonly ofBound: number } {
  const times = records.map((record) => (record.endMs ?? Infinity) - record.startMs);
  const sumMs = times.reduce((sum, ms) => sum + ms, 0);
  const longestMs = times.reduce((most, ms) => Math.max(most, ms), 0);
  const startMs = records.reduce((first, record) => Math.min(first, record.startMs), Infinity);
  const endMs = records.reduce((last, record) => Math.max(last, record.endMs ?? Infinity), 0);
  return { ofBound: (endMs - startMs) / Math.max(longestMs, sumMs / concurrency) };
}

function requestEach(records: readonly RequestRecord[]) {
  if (records.length !== units) throw new Error(`${records.length} requests instead of ${units}`);
  return makespan(records);
}

const retries = (records: readonly RequestRecord[]) => ({ perUnit: records.length / units });

/** One request finds out for all. */
function one(records: readonly RequestRecord[]) {
  if (records.length !== 1) throw new Error(`${records.length} requests to an account that is empty`);
  return { perUnit: records.length / units };
}

const mixed: SimulatorSettings["faults"] = [
  { fault: { kind: "http-error", status: 503 }, rate: 0.0125, seed: 1 },
  { fault: { kind: "http-error", status: 500 }, rate: 0.0125, seed: 2 },
  { fault: { kind: "http-error", status: 429, retryAfterMs }, rate: 0.0125, seed: 3 },
  { fault: { kind: "cut", afterDeltas: 1 }, rate: 0.0125, seed: 4 },
];

export const scheduler = defineCase<Scope>({
  name: "scheduler",
  title: "A thousand units: lanes, host thread, faults",
  conditions: `Provider on loopback in the measuring process, ${meanMs} ms a reply in the mean, concurrency ${concurrency}; times include process start`,
  baseline: "all alike",
  figures: [
    { key: "requests", heading: "requests", format: String },
    // Which requests fail is drawn by a seed from their prompts, whatever their order.
    { key: "perUnit", heading: "a unit", format: (value) => value.toFixed(3), better: "less" },
    { key: "ofBound", heading: "÷ lower bound", format: (value) => value.toFixed(3) },
    { key: "earliestMs", heading: "after retry-after", format: (value) => `+${value.toFixed(1)} ms` },
    { key: "hostMs", heading: "host CPU a unit", format: (value) => `${value.toFixed(2)} ms` },
    { key: "delayP99Ms", heading: "host delay p99", format: (value) => `${value.toFixed(1)} ms` },
  ],
  openScope,
  rows: [
    row("all alike", {}, requestEach),
    row("uniform", { totalMs: { minMs: meanMs / 4, maxMs: (meanMs * 7) / 4 } }, requestEach),
    row("log-normal", { totalMs: { medianMs: meanMs * 0.88, sigma: 0.5 } }, requestEach),
    row("heavy tail", { totalMs: { medianMs: meanMs * 0.6, sigma: 1 } }, requestEach),
    row("uniform, a second", { ...slow, totalMs: { minMs: slowMeanMs / 4, maxMs: (slowMeanMs * 7) / 4 } }, requestEach),
    row("real files", { totalMs: { medianMs: meanMs * 0.88, sigma: 0.5 } }, makespan, "realFolder"),
    row(
      "real files, a second",
      { ...slow, totalMs: { medianMs: slowMeanMs * 0.88, sigma: 0.5 } },
      makespan,
      "realFolder",
    ),
    row("5 % faults", { totalMs: { minMs: meanMs / 4, maxMs: (meanMs * 7) / 4 }, faults: mixed }, retries),
    row("empty account", { faults: [{ fault: { kind: "quota" } }] }, one),
  ],
});
