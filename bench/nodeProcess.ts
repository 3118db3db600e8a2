/** Runs a Node program to its end and measures it from outside, start-up included. */
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

export interface ProcessResult {
  readonly wallMs: number;
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** null: it was killed before it could tell. */
  readonly peakRssBytes: number | null;
  readonly cpuMs: number | null;
}

export interface ProcessOptions {
  /** The whole environment apart from PATH: nothing of the caller's settings or keys gets in. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly timeoutMs: number;
}

const preload = new URL("./writeUsage.mjs", import.meta.url).href;

export async function runNode(
  program: string,
  args: readonly string[],
  options: ProcessOptions,
): Promise<ProcessResult> {
  const folder = await mkdtemp(join(tmpdir(), "onceover-bench-usage-"));
  const usageFile = join(folder, "usage.json");
  try {
    const startMs = performance.now();
    const child = spawn(process.execPath, ["--import", preload, program, ...args], {
      cwd: options.cwd,
      env: { PATH: process.env["PATH"], HOME: folder, ...options.env, BENCH_USAGE_FILE: usageFile },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: options.timeoutMs,
      killSignal: "SIGKILL",
    });
    const ended = new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return { wallMs: performance.now() - startMs, exitCode, stdout, stderr, ...(await readUsage(usageFile)) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readUsage(file: string): Promise<Pick<ProcessResult, "peakRssBytes" | "cpuMs">> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Pick<ProcessResult, "peakRssBytes" | "cpuMs">;
  } catch {
    return { peakRssBytes: null, cpuMs: null };
  }
}
