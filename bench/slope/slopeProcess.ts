/**
 * Reviews a folder again and again in one engine, every file of it edited in between, and prints what the heap holds
 * after full collections, compiled code apart, as one JSON line.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { DEFAULT_SETTINGS, type Settings } from "../../src/shared/settings.ts";
import { heldBytes } from "../../test/support/heldBytes.ts";
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

const points: HeapPoint[] = [];
for (let run = 1; run <= runs; run++) {
  edit(run);
  const report = await engine.run({ folders: [{ path: values.folder, prefix: "" }], trusted: true }, { onEvent() {} });
  if (report.coverage.reviewed !== fileCount || !report.run.complete) throw new Error(`Run ${run} is not complete.`);
  if (run === 1 || run % 5 === 0) points.push({ files: run * fileCount, heapBytes: (await heldBytes()).data });
}
await engine.dispose();
process.stdout.write(`${JSON.stringify(points)}\n`);
