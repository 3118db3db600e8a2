/** Runs the engine in a process of its own and prints what its host thread went through, as one JSON line. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { createPauseWatch } from "./pauseWatch.ts";
import { DEFAULT_SETTINGS, type Settings } from "../src/shared/settings.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    store: { type: "string" },
    "base-url": { type: "string" },
    model: { type: "string" },
    // One request for each unit, unless a case is about second looks.
    refuter: { type: "boolean", default: false },
    // Waits for what is given back after a minute without work.
    rest: { type: "boolean", default: false },
  },
});

const built = new URL("../dist/engine.js", import.meta.url).href;
const startRssBytes = process.memoryUsage.rss();
const { createEngine, createSystemPorts } = (await import(built)) as typeof import("../src/core/engineFactory.ts");

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const pauses = createPauseWatch();
const systemPorts = createSystemPorts({
  secrets: { apiKey: async () => process.env["ONCEOVER_API_KEY"] },
  logger: quiet,
});
const ports: typeof systemPorts = {
  ...systemPorts,
  fetch(...request) {
    pauses.sent(performance.now());
    return systemPorts.fetch(...request);
  },
};
const settings: Settings = {
  ...DEFAULT_SETTINGS,
  refuter: values.refuter,
  // What is measured ends with the work, not with the money.
  budgetUsd: null,
  storeFolder: values.store ?? null,
  ...(values["base-url"] ? { provider: "openai", baseUrl: values["base-url"], model: values.model ?? null } : {}),
};
const engine = await createEngine(ports, settings);
/** Finer looks would themselves be a good part of the CPU time that is measured. */
const LOOK_MS = 10;
const delay = monitorEventLoopDelay({ resolution: LOOK_MS });
const startedMs = performance.now();
const before = performance.eventLoopUtilization();
const cpuBefore = process.threadCpuUsage();
let firstModelFindingMs: number | null = null;
delay.enable();
const report = await engine.run(
  { folders: [{ path: positionals[0] ?? ".", prefix: "" }], trusted: true },
  {
    onEvent(event) {
      pauses.push(event);
      if (event.type === "finding" && event.finding.source === "model") {
        firstModelFindingMs ??= performance.now() - startedMs;
      }
    },
  },
);
delay.disable();
const utilization = performance.eventLoopUtilization(before);
const cpu = process.threadCpuUsage(cpuBefore);
const result = {
  runMs: performance.now() - startedMs,
  firstModelFindingMs,
  // From one look to the next: what is above the agreed time is late.
  delayP99Ms: Math.max(0, delay.percentile(99) / 1e6 - LOOK_MS),
  delayMaxMs: Math.max(0, delay.max / 1e6 - LOOK_MS),
  hostActiveMs: utilization.active,
  hostCpuMs: (cpu.user + cpu.system) / 1_000,
  earliestAfterPauseMs: pauses.earliestMs(),
  coverage: report.coverage,
  complete: report.run.complete,
  cost: report.cost,
  usage: report.usage,
  memory: report.memory,
  findings: report.findings.length,
  suppressed: report.suppressed,
};
const REST_AFTER_MS = 62_000;
if (values.rest) await setTimeout(REST_AFTER_MS);
const restedBytes = values.rest ? process.memoryUsage.rss() : null;
await engine.dispose();
const rss = { startBytes: startRssBytes, restedBytes, endBytes: process.memoryUsage.rss() };
process.stdout.write(`${JSON.stringify({ ...result, rss })}\n`);
