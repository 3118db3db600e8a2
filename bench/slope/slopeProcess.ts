/**
 * Reviews a folder again and again in one engine, every file of it edited in between, and prints what the heap holds
 * after full collections, as one JSON line.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { DEFAULT_SETTINGS, type Settings } from "../../src/shared/settings.ts";
import type { HeapPoint } from "./heapSlope.ts";

const { values } = parseArgs({
  options: {
    folder: { type: "string", default: "" },
    store: { type: "string", default: "" },
    files: { type: "string", default: "" },
    runs: { type: "string", default: "" },
    "base-url": { type: "string" },
    model: { type: "string" },
  },
});
const [fileCount, runs] = [Number(values.files), Number(values.runs)];

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const built = new URL("../../dist/engine.js", import.meta.url).href;
const { createEngine, createSystemPorts } = (await import(built)) as typeof import("../../src/core/engineFactory.ts");
const logger = { debug() {}, info() {}, warn() {}, error() {} };
const ports = createSystemPorts({ secrets: { apiKey: async () => process.env["ONCEOVER_API_KEY"] }, logger });
const settings: Settings = {
  ...DEFAULT_SETTINGS,
  refuter: false,
  budgetUsd: null,
  storeFolder: values.store,
  ...(values["base-url"] ? { provider: "openai", baseUrl: values["base-url"], model: values.model ?? null } : {}),
};
const engine = await createEngine(ports, settings);

function edit(run: number): void {
  for (let at = 0; at < fileCount; at++) {
    const text = `export function f${at}(x: number): number {\n  // ${run}\n  return x > ${at} ? x : ${run};\n}\n`;
    // Neighbours share a request: a folder of its own gives each file one.
    const folder = join(values.folder, String(at));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "file.ts"), text);
  }
}

/** What waits to be finalized is let go in a turn of its own. */
async function heapBytes(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    collect();
    await setImmediate();
  }
  return process.memoryUsage().heapUsed;
}

const points: HeapPoint[] = [];
for (let run = 1; run <= runs; run++) {
  edit(run);
  const report = await engine.run({ folders: [{ path: values.folder, prefix: "" }], trusted: true }, { onEvent() {} });
  if (report.coverage.reviewed !== fileCount || !report.run.complete) throw new Error(`Run ${run} is not complete.`);
  if (run === 1 || run % 5 === 0) points.push({ files: run * fileCount, heapBytes: await heapBytes() });
}
await engine.dispose();
process.stdout.write(`${JSON.stringify(points)}\n`);
