import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

export const projectFolder = path.resolve(import.meta.dirname, "..");

/**
 * Runs the command-line tool of an installed package under this process's Node, from the project's folder.
 *
 * @param {string} packageName such as "vitest"
 * @param {readonly string[]} toolArguments
 * @param {string} [toolName] where the package has several tools, or one of another name
 * @returns {boolean} whether it ended well
 */
export function runTool(packageName, toolArguments, toolName = packageName) {
  return runNode([toolFile(packageName, toolName), ...toolArguments]);
}

/** Runs a script with this process's Node from the project's folder; says whether it ended well. */
export function runNode(nodeArguments) {
  const result = spawnSync(process.execPath, nodeArguments, { cwd: projectFolder, stdio: "inherit" });
  if (result.error) console.error(result.error.message);
  return result.status === 0;
}

/** Like {@link runTool}, while this process goes on; see {@link runInBackground}. */
export function runToolInBackground(packageName, toolArguments, options) {
  return runInBackground([toolFile(packageName, packageName), ...toolArguments], options);
}

/**
 * Like {@link runNode}, while this process goes on.
 *
 * @param {readonly string[]} nodeArguments
 * @param {{ besideOthers?: boolean }} [options] beside others it gives way to them, and what it prints comes in one
 *   piece at its end
 * @returns {Promise<boolean>} whether it ended well
 */
export async function runInBackground(nodeArguments, { besideOthers = false } = {}) {
  const stdio = besideOthers ? ["ignore", "pipe", "pipe"] : "inherit";
  const child = spawn(process.execPath, nodeArguments, { cwd: projectFolder, stdio });
  const printed = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (bytes) => printed.push(bytes));
  try {
    if (besideOthers) os.setPriority(child.pid, lowerPriority());
    const [code] = await once(child, "close");
    return code === 0;
  } catch (error) {
    console.error(error.message);
    return false;
  } finally {
    process.stdout.write(Buffer.concat(printed));
  }
}

/** Ten steps below this process's own, whatever that is. */
function lowerPriority() {
  const { PRIORITY_BELOW_NORMAL, PRIORITY_LOW } = os.constants.priority;
  return Math.min(os.getPriority() + PRIORITY_BELOW_NORMAL, PRIORITY_LOW);
}

/** The file behind a tool's name: what is in node_modules/.bin is a shell script on Windows. */
function toolFile(packageName, toolName) {
  const folder = path.join(projectFolder, "node_modules", packageName);
  const { bin } = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
  const file = typeof bin === "string" ? bin : bin[toolName];
  return path.join(folder, file);
}
