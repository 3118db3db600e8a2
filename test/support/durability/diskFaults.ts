/** A reference run with one write of the store failing, and the run after it, with a disk that is well again. */
import fs from "node:fs";
import path from "node:path";
import { createEngine } from "../../../src/core/engineFactory.ts";
import { createSystemPorts } from "../../../src/core/systemPorts.ts";
import { errorStatus, reportStatus } from "../../../src/cli/exitStatus.ts";
import { errorCode } from "../../../src/shared/errors.ts";
import { DEFAULT_SETTINGS } from "../../../src/shared/settings.ts";
import { createProviderSimulator } from "../providerSimulator/providerSimulator.ts";
import type { WriteFault } from "./failingWritesPreload.ts";

export type { WriteFault } from "./failingWritesPreload.ts";

export interface FaultOutcome {
  readonly fault: WriteFault;
  /** As the command line would have ended. */
  readonly status: number;
  readonly sentBefore: number;
  /** What must not be. */
  readonly problems: readonly string[];
}

const FILES = 5;
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const preload = new URL("./failingWritesPreload.ts", import.meta.url).href;

/** Writes of the store in a run without a fault. */
export async function countWrites(parent: string): Promise<number> {
  const countFile = path.join(parent, "count");
  await tryFault(path.join(parent, "counted"), { kind: "full", at: 0, isLasting: false, countFile });
  return Number(fs.readFileSync(countFile, "utf8"));
}

/**
 * @param parent a folder that nobody uses
 * @param isFolderFull true: the emergency file cannot be written beside the database either
 */
export async function tryFault(parent: string, fault: WriteFault, isFolderFull = false): Promise<FaultOutcome> {
  const [folder, storeFolder] = [path.join(parent, "workspace"), path.join(parent, "store")];
  fs.mkdirSync(folder, { recursive: true });
  for (let at = 0; at < FILES; at++) fs.writeFileSync(path.join(folder, `file${at}.lua`), `print(${at})\n`);
  const simulator = await createProviderSimulator();
  try {
    const run = () => review(simulator, folder, storeFolder);
    const problems: string[] = [];
    const first = await withFault(fault, storeFolder, isFolderFull, run);
    const sentBefore = simulator.requests.length;
    if (first.status !== 0 && first.status !== 5) problems.push(`the run ended with ${first.status}: ${first.message}`);
    const second = await run();
    if (second.status !== 0) problems.push(`the next run ended with ${second.status}: ${second.message}`);
    const sent = simulator.requests.length;
    // Second looks are requests of their own; no request is ever sent twice.
    const different = new Set(simulator.requests.map(({ body }) => JSON.stringify(body))).size;
    if (sent !== different || different < FILES) problems.push(`${sent} requests, ${different} of them different`);
    const missing = simulator.bill().usd - second.spentUsd;
    if (Math.abs(missing) > 1e-9) problems.push(`the ledger lacks $${missing.toFixed(6)} of the bill`);
    return { fault, status: first.status, sentBefore, problems };
  } finally {
    await simulator.stop();
  }
}

interface Reviewed {
  readonly status: number;
  readonly message: string;
  readonly spentUsd: number;
}

async function review(
  simulator: { readonly url: string; readonly model: string; readonly key: string | null },
  folder: string,
  storeFolder: string,
): Promise<Reviewed> {
  const ports = createSystemPorts({ secrets: { apiKey: async () => simulator.key ?? undefined }, logger: quiet });
  const provider = { provider: "openai", model: simulator.model, baseUrl: simulator.url } as const;
  const engine = await createEngine(ports, { ...DEFAULT_SETTINGS, ...provider, storeFolder, concurrency: 3 });
  try {
    const report = await engine.run({ folders: [{ path: folder, prefix: "" }], trusted: true });
    const { spentUsd } = await engine.cache.stats();
    return { status: reportStatus(report, "never", false), message: report.run.error?.message ?? "", spentUsd };
  } catch (error) {
    return { status: errorStatus(errorCode(error)), message: String(error), spentUsd: 0 };
  } finally {
    await engine.dispose();
  }
}

async function withFault<T>(
  fault: WriteFault,
  storeFolder: string,
  isFolderFull: boolean,
  work: () => Promise<T>,
): Promise<T> {
  const before = process.env["NODE_OPTIONS"];
  const { appendFileSync } = fs;
  process.env["NODE_OPTIONS"] = `--disable-warning=ExperimentalWarning --import ${preload}`;
  process.env["ONCEOVER_WRITE_FAULT"] = Buffer.from(JSON.stringify(fault)).toString("base64");
  if (isFolderFull) {
    fs.appendFileSync = (file, ...rest) => {
      if (String(file).startsWith(storeFolder)) throw Object.assign(new Error("no space"), { code: "ENOSPC" });
      appendFileSync(file, ...rest);
    };
  }
  try {
    return await work();
  } finally {
    fs.appendFileSync = appendFileSync;
    delete process.env["ONCEOVER_WRITE_FAULT"];
    if (before === undefined) delete process.env["NODE_OPTIONS"];
    else process.env["NODE_OPTIONS"] = before;
  }
}
