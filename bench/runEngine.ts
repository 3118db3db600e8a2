import { fileURLToPath } from "node:url";
import type { Coverage, Report } from "../src/shared/report.ts";
import { runNode } from "./nodeProcess.ts";

const program = fileURLToPath(new URL("./engineProcess.ts", import.meta.url));

export interface EngineFigures {
  readonly runMs: number;
  readonly firstModelFindingMs: number | null;
  readonly delayP99Ms: number;
  readonly delayMaxMs: number;
  /** Time in which the host's thread was busy. */
  readonly hostActiveMs: number;
  /** The host's thread's own CPU time: the worker threads and other processes apart. */
  readonly hostCpuMs: number;
  /** After a provider's pause was over, the earliest request began so much later; null: there was no pause. */
  readonly earliestAfterPauseMs: number | null;
  readonly coverage: Coverage;
  readonly complete: boolean;
  readonly cost: Report["cost"];
  readonly usage: Report["usage"];
  readonly findings: number;
  readonly suppressed: Report["suppressed"];
  /** Of the process, before the engine was loaded, a minute after the run (null: not waited for) and in the end. */
  readonly rss: { readonly startBytes: number; readonly restedBytes: number | null; readonly endBytes: number };
}

/** One run of the engine in a process of its own. Throws with the last line of what it complained about. */
export async function runEngine(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  timeoutMs = 300_000,
) {
  const result = await runNode(program, args, { timeoutMs, env });
  if (result.exitCode !== 0) throw new Error(result.stderr.trim().split("\n").at(-1) ?? "no output");
  return {
    wallMs: result.wallMs,
    peakRssBytes: result.peakRssBytes,
    /** Of the whole process, its threads included. */
    cpuMs: result.cpuMs,
    engine: JSON.parse(result.stdout) as EngineFigures,
  };
}
