// `npm start [-- PATH…]`: builds what is missing or out of date, then reviews a folder (by default this project's own).
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { requireNode } from "./requireNode.mjs";
import { projectFolder, runNode } from "./runTool.mjs";

requireNode();

const commandLine = path.join(projectFolder, "dist", "cli.js");
if (!isBuilt() && !runNode(["esbuild.mjs"])) process.exit(1);

const given = process.argv.slice(2);
// npm changes to the project's folder; paths are meant from where the person stands.
const workingFolder = process.env.INIT_CWD ?? process.cwd();
const review = spawnSync(process.execPath, [commandLine, "analyze", ...(given.length > 0 ? given : [projectFolder])], {
  cwd: workingFolder,
  stdio: "inherit",
});
process.exitCode = review.status ?? 130;

function isBuilt() {
  if (!fs.existsSync(commandLine)) return false;
  const builtAtMs = fs.statSync(commandLine).mtimeMs;
  const inputs = ["esbuild.mjs", "package.json", "package-lock.json", ...sourceFiles()];
  return inputs.every((file) => fs.statSync(path.join(projectFolder, file)).mtimeMs <= builtAtMs);
}

function sourceFiles() {
  const entries = fs.readdirSync(path.join(projectFolder, "src"), { recursive: true, encoding: "utf8" });
  return entries.map((entry) => path.join("src", entry));
}
