/** `tsc --pretty false` → problems by file. */
import path from "node:path";
import type { FileProblem } from "./fileProblems.ts";

const SEVERITY: Readonly<Record<string, FileProblem["severity"]>> = { error: "error", warning: "warning" };

/**
 * `src/a.ts(3,7): error TS2322: Type …`; lines that begin with a space go on with what the last one said.
 * @returns by absolute path
 */
export function parseTypescriptProblems(output: string, folder: string): Map<string, FileProblem[]> {
  const byFile = new Map<string, FileProblem[]>();
  let last: { message: string } | undefined;
  for (const row of output.split(/\r?\n/)) {
    if (/^\s+\S/.test(row)) {
      if (last) last.message += `\n${row}`;
      continue;
    }
    const match = /^(.+)\((\d+),(\d+)\): (error|warning|message) (TS\d+): (.*)$/.exec(row);
    last = undefined;
    if (!match) continue;
    const [, file = "", line, column, severity = "", code = "", message = ""] = match;
    const problem = {
      line: Number(line),
      column: Number(column),
      severity: SEVERITY[severity] ?? ("info" as const),
      source: "typescript",
      code,
      message,
    };
    const absolute = path.resolve(folder, file);
    const known = byFile.get(absolute) ?? [];
    known.push(problem);
    byFile.set(absolute, known);
    last = problem;
  }
  return byFile;
}
