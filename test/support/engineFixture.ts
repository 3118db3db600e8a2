import { onTestFinished } from "vitest";
import type { Engine, RunRequest } from "../../src/core/engine.ts";
import { createEngine } from "../../src/core/engineFactory.ts";
import type { Clock, Logger } from "../../src/core/ports.ts";
import { createSystemPorts, systemClock } from "../../src/core/systemPorts.ts";
import type { RunEvent } from "../../src/shared/events.ts";
import type { Report } from "../../src/shared/report.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../src/shared/settings.ts";
import { createProviderSimulator } from "./providerSimulator/providerSimulator.ts";
import type { SimulatorOptions } from "./providerSimulator/options.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };

export interface EngineFixtureOptions {
  readonly settings?: Partial<Settings>;
  readonly key?: string;
  readonly clock?: Clock;
  readonly logger?: Logger;
}

/** A real engine with a store of its own (or the given one), disposed when the test ends. */
export async function openEngine(options: EngineFixtureOptions = {}): Promise<Engine> {
  const ports = createSystemPorts({
    secrets: { apiKey: async () => options.key },
    logger: options.logger ?? silentLogger,
  });
  // One request for each unit, unless a test is about second looks.
  const settings = { ...DEFAULT_SETTINGS, refuter: false, storeFolder: temporaryFolder(), ...options.settings };
  const engine = await createEngine({ ...ports, clock: options.clock ?? impatientClock }, settings);
  onTestFinished(() => engine.dispose());
  return engine;
}

/** Real time, but the first backoffs are cut to nothing: what a test waits for is an event, never the clock. */
const impatientClock: Clock = {
  ...systemClock,
  sleep: (ms, signal) => systemClock.sleep(ms <= 2_000 ? Math.min(ms, 5) : ms, signal),
};

export function requestFor(folder: string, patch: Partial<RunRequest> = {}): RunRequest {
  return { folders: [{ path: folder, prefix: "" }], trusted: true, ...patch };
}

export async function openSimulator(options: SimulatorOptions = {}) {
  const simulator = await createProviderSimulator(options);
  onTestFinished(() => simulator.stop());
  return simulator;
}

/** An engine that speaks to the simulator. */
export async function openModelEngine(
  simulator: { readonly url: string; readonly key: string | null; readonly model: string },
  settings: Partial<Settings> = {},
  options: Omit<EngineFixtureOptions, "settings"> = {},
): Promise<Engine> {
  return openEngine({
    key: simulator.key ?? "any",
    ...options,
    settings: { provider: "openai", model: simulator.model, baseUrl: simulator.url, ...settings },
  });
}

export async function runWithEvents(engine: Engine, request: RunRequest, signal?: AbortSignal) {
  const events: RunEvent[] = [];
  const report = await engine.run(request, { onEvent: (event) => events.push(event), ...(signal ? { signal } : {}) });
  return { report, events };
}

/** The promises that hold for every report, however the run went. Throws with what is broken. */
export function checkReport(report: Report): void {
  const { coverage, files } = report;
  const sum = coverage.reviewed + coverage.cached + coverage.skipped + coverage.failed + coverage.pending;
  if (sum !== coverage.files || files.length !== coverage.files) throw new Error("The coverage does not add up.");
  for (const file of files) {
    const needsReason = file.status === "skipped" || file.status === "failed" || file.status === "pending";
    if (needsReason && !file.reason) throw new Error(`${file.path} is ${file.status} without a reason.`);
    const own = report.findings.filter((finding) => finding.path === file.path).length;
    if (own !== file.findings) throw new Error(`${file.path} counts ${file.findings} findings, but has ${own}.`);
  }
}
