/**
 * `.onceover/baseline.json`: findings that a workspace had when it began to be reviewed. It names ids alone, so that
 * it holds no code: `{ "schema": "onceover.baseline/1", "findings": ["0123456789abcdef"] }`.
 */
import fs from "node:fs";
import path from "node:path";
import { describeError } from "../../../shared/errors.ts";
import { readRegularFile } from "../../workspace/readRegularFile.ts";

const BASELINE_SCHEMA = "onceover.baseline/1";

export interface Baseline {
  readonly ids: ReadonlySet<string>;
  /** Why the file does not count; null when it does, or when there is none. */
  readonly problem: string | null;
}

const NONE: Baseline = { ids: new Set(), problem: null };

/** @param folder absolute path of the workspace's folder; the caller has made sure that it is trusted */
export function readBaseline(folder: string): Baseline {
  const file = path.join(folder, ".onceover", "baseline.json");
  if (!fs.existsSync(file)) return NONE;
  try {
    return { ids: new Set(parseBaseline(readRegularFile(file, folder).toString("utf8"))), problem: null };
  } catch (error) {
    return { ...NONE, problem: `.onceover/baseline.json does not count: ${describeError(error)}` };
  }
}

/** @throws Error saying what is wrong with it */
export function parseBaseline(text: string): string[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new Error("it is not valid JSON.");
  }
  if (typeof content !== "object" || content === null) throw new Error("it is not an object.");
  const { schema, findings } = content as Record<string, unknown>;
  if (schema !== BASELINE_SCHEMA) throw new Error(`its schema is not ${BASELINE_SCHEMA}.`);
  if (!Array.isArray(findings) || !findings.every((id): id is string => typeof id === "string"))
    throw new Error("its findings are not a list of ids.");
  return findings;
}
