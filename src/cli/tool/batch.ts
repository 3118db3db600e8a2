/** Many calls from one file: they run together, and what is asked twice is answered once. */
import fs from "node:fs";
import path from "node:path";
import type { Tools } from "../../core/tools/openTools.ts";
import { errorCode, isOnceoverError, OnceoverError } from "../../shared/errors.ts";
import { escapeLine } from "../../shared/escapeText.ts";
import { usage } from "../usageError.ts";

export interface BatchCall {
  readonly tool: string;
  readonly parameters: unknown;
}

const STANDARD_INPUT = 0;

/** @param file relative to `cwd`; `-`: standard input. Throws `usage`. */
export function readCalls(file: string, cwd: string): BatchCall[] {
  const lines = readText(file, cwd).split("\n");
  return lines.flatMap((line, at) => (line.trim() === "" ? [] : [callOf(line, at + 1)]));
}

function readText(file: string, cwd: string): string {
  try {
    return fs.readFileSync(file === "-" ? STANDARD_INPUT : path.resolve(cwd, file), "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new OnceoverError("usage", `${escapeLine(file)} cannot be read (${code ?? "unknown error"}).`, {
      advice: "Give a file with a JSON call a line, or - for standard input.",
      cause: error,
    });
  }
}

function callOf(line: string, number: number): BatchCall {
  const call = parse(line);
  if (typeof call?.tool === "string") return { tool: call.tool, parameters: call.parameters ?? {} };
  throw usage(
    `Line ${number} is no call.`,
    'Write calls as: {"tool": "read_file", "parameters": {"path": "README.md"}}',
  );
}

function parse(line: string): { readonly tool?: unknown; readonly parameters?: unknown } | undefined {
  try {
    return (JSON.parse(line) as object | null) ?? undefined;
  } catch {
    return undefined;
  }
}

type Answered =
  | { readonly tool: string; readonly source: string; readonly ms: number; readonly result: unknown }
  | {
      readonly tool: string;
      readonly error: { readonly code: string; readonly message: string; readonly advice: string };
    };

/** In the order of the calls. Rejects when cancelled: a batch that was given up has no answer. */
export async function runCalls(tools: Tools, calls: readonly BatchCall[], signal: AbortSignal) {
  const answers = calls.map(async ({ tool, parameters }): Promise<Answered> => {
    try {
      const { json, source, ms } = await tools.call(tool, parameters, signal);
      return { tool, source, ms: Math.round(ms * 1000) / 1000, result: JSON.parse(json) as unknown };
    } catch (error) {
      signal.throwIfAborted();
      if (!isOnceoverError(error)) throw error;
      return { tool, error: { code: errorCode(error), message: error.message, advice: error.advice ?? "" } };
    }
  });
  const settled = await Promise.all(answers);
  return { schema: "onceover.tools/1", calls: settled, ...tools.figures() };
}
