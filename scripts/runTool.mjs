import { spawnSync } from "node:child_process";
import fs from "node:fs";
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

/** The file behind a tool's name: what is in node_modules/.bin is a shell script on Windows. */
function toolFile(packageName, toolName) {
  const folder = path.join(projectFolder, "node_modules", packageName);
  const { bin } = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
  const file = typeof bin === "string" ? bin : bin[toolName];
  return path.join(folder, file);
}
