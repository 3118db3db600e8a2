/** Other tools as their users install them, pinned in tools/peers and fetched on first use. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import { installPackages } from "../../tools/installPackages.ts";

const toolFolder = path.resolve(import.meta.dirname, "../../tools/peers");

/** @returns their node_modules */
function installed(): string {
  installPackages({ folder: toolFolder, announcement: "Fetching other review tools from npm (about 60 MB, once) …" });
  return path.join(toolFolder, "node_modules");
}

/** Repomix's command line, to be run with Node: packs a folder into one text. */
export function packerProgram(): string {
  return path.join(installed(), "repomix/bin/repomix.cjs");
}

/** Open Code Review's own program, which its launcher starts. @throws where it is not pinned for */
export function openCodeReviewProgram(): string {
  const program = path.join(installed(), "@alibaba-group/ocr-linux-x64/bin/opencodereview");
  if (!existsSync(program)) throw new Error("Open Code Review is pinned for Linux on x64 alone.");
  return program;
}

export interface PeerRun {
  readonly wallMs: number;
  readonly stdout: string;
}

/** @throws with the last line of what it complained about */
export async function runPeer(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<PeerRun> {
  const startMs = performance.now();
  // Nothing of the caller's settings or keys gets in.
  const env = { PATH: process.env["PATH"], ...options.env };
  const child = spawn(program, args, { cwd: options.cwd, env, stdio: ["ignore", "pipe", "pipe"], timeout: 120_000 });
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close") as Promise<[number | null]>,
  ]);
  if (exitCode !== 0) throw new Error(`exit status ${exitCode}: ${stderr.trim().split("\n").at(-1) ?? ""}`);
  return { wallMs: performance.now() - startMs, stdout };
}
