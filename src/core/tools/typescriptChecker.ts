/**
 * The workspace's own TypeScript as a checker, for the terminal. It is the workspace's code that is run: only where
 * somebody who trusts it has asked for that. One run tells of all files; the next one begins where it ended.
 */
import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import pLimit from "p-limit";
import { OnceoverError } from "../../shared/errors.ts";
import { escapeLine } from "../../shared/escapeText.ts";
import { sha256 } from "../review/keys.ts";
import type { FileProblem, FileProblems } from "./fileProblems.ts";
import { parseTypescriptProblems } from "./typescriptProblems.ts";

interface Checked {
  readonly generation: number;
  readonly byFile: Promise<ReadonlyMap<string, readonly FileProblem[]>>;
}

const MOST_AT_ONCE = 2;
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
const NONE: readonly FileProblem[] = [];

/** @param buildFolder where the checker leaves what its next run begins with */
export function createTypescriptChecker(buildFolder: string): FileProblems {
  const lanes = pLimit(MOST_AT_ONCE);
  const checked = new Map<string, Checked>();
  return {
    version: () => "",
    async of({ absolutePath, folder }, generation, signal) {
      let run = checked.get(folder.path);
      if (run?.generation !== generation) {
        run = { generation, byFile: lanes(() => checkTypes(folder.path, buildFolder, signal)) };
        checked.set(folder.path, run);
        const started = run;
        run.byFile.catch(() => {
          if (checked.get(folder.path) === started) checked.delete(folder.path);
        });
      }
      return (await run.byFile).get(path.normalize(absolutePath)) ?? NONE;
    },
  };
}

async function checkTypes(folder: string, buildFolder: string, signal: AbortSignal) {
  signal.throwIfAborted();
  const compiler = path.join(folder, "node_modules", "typescript", "bin", "tsc");
  const project = path.join(folder, "tsconfig.json");
  if (!fs.existsSync(project) || !fs.existsSync(compiler)) throw noChecker(folder);
  fs.mkdirSync(buildFolder, { recursive: true, mode: 0o700 });
  const buildFile = path.join(buildFolder, `${sha256(folder)}.tsbuildinfo`);
  const output = await runCompiler(
    [compiler, "-p", project, "--noEmit", "--incremental", "--tsBuildInfoFile", buildFile, "--pretty", "false"],
    folder,
    signal,
  );
  return parseTypescriptProblems(output, folder);
}

/** Problems are its output, and a status above 0 says that there are some. */
function runCompiler(args: readonly string[], folder: string, signal: AbortSignal): Promise<string> {
  const { NODE_OPTIONS: _, ...env } = process.env;
  return new Promise((resolve, reject) => {
    const options = { cwd: folder, signal, env, maxBuffer: MAX_OUTPUT_BYTES, windowsHide: true };
    execFile(process.execPath, [...args], options, (error, stdout, stderr) => {
      if (signal.aborted) return reject(signal.reason as Error);
      if (!error || (typeof error.code === "number" && stdout !== "")) return resolve(stdout);
      const said = escapeLine((stderr || error.message).trim().split("\n", 1)[0] ?? "");
      reject(new OnceoverError("unreadable-file", `The type checker failed: ${said}`, { cause: error }));
    });
  });
}

function noChecker(folder: string): OnceoverError {
  return new OnceoverError("not-allowed", `There is no type checker in ${escapeLine(folder)}.`, {
    advice: "It takes a tsconfig.json, and TypeScript in node_modules.",
  });
}
