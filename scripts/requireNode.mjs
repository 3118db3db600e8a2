// Every script starts here: an old Node is replaced by the one that npm installed with the project, or explained.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/** The first Node with an unflagged node:sqlite that the engine can use. */
const neededVersion = [22, 15];

/** Runs the calling script again under a newer Node where this one is too old; ends the process if there is none. */
export function requireNode() {
  if (isNewEnough(process.versions.node)) {
    runTypeScript();
    return;
  }
  const program = process.platform === "win32" ? "node.exe" : "node";
  const installed = path.resolve(import.meta.dirname, "../node_modules/node/bin", program);
  if (fs.existsSync(installed)) runAgain(installed, process.execArgv);
  console.error(
    `Node ${process.versions.node} is too old: Onceover is developed with Node 24 and needs at least ` +
      `${neededVersion.join(".")}. Run "npm ci" with install scripts of the package "node" allowed, which brings ` +
      `it, or install Node 24 yourself.`,
  );
  process.exit(2);
}

function isNewEnough(version) {
  const [major, minor] = version.split(".").map(Number);
  return major > neededVersion[0] || (major === neededVersion[0] && minor >= neededVersion[1]);
}

/** Node 22 before 22.18 strips types only when told; workers and test support are TypeScript. */
function runTypeScript() {
  if (process.features.typescript) return;
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ""} --experimental-strip-types`.trim();
  runAgain(process.execPath, process.execArgv);
}

function runAgain(node, flags) {
  // Programs that the script starts by name (vitest, tsc) find the same Node first.
  const searchPath = [path.dirname(node), process.env.PATH ?? ""].join(path.delimiter);
  const result = spawnSync(node, [...flags, ...process.argv.slice(1)], {
    env: { ...process.env, PATH: searchPath },
    stdio: "inherit",
  });
  process.exit(result.status ?? 1);
}
