import { spawnSync } from "node:child_process";
import path from "node:path";

const neededMajor = 24;

/**
 * The Node that VS Code's server runs on: this process's own if it is new enough, else the one that npm installed with
 * the project, `$NODE24`, or the one on the path.
 *
 * @returns a program to start, absolute or to be found on the path
 * @throws Error that says what to do when none is new enough
 */
export function findNode(): string {
  if (majorOf(process.versions.node) >= neededMajor) return process.execPath;
  const program = process.platform === "win32" ? "node.exe" : "node";
  const installed = path.resolve(import.meta.dirname, "../../../node_modules/node/bin", program);
  for (const candidate of [installed, process.env["NODE24"], program]) {
    if (candidate !== undefined && runsNeededVersion(candidate)) return candidate;
  }
  throw new Error(
    `VS Code's server needs Node ${neededMajor}. Run "npm ci" again with the install script of the package "node" ` +
      `allowed, or set NODE24 to the path of such a Node.`,
  );
}

function runsNeededVersion(program: string): boolean {
  const result = spawnSync(program, ["-p", "process.versions.node"], { encoding: "utf8" });
  return result.status === 0 && majorOf(result.stdout) >= neededMajor;
}

function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}
