/** How grave an offline finding is where its file lies. The stored analysis knows the content alone. */
import type { Severity } from "../../shared/report.ts";
import type { ContentFinding } from "../offline/analysis.ts";
import { sideFile } from "../workspace/sideFile.ts";

/** Whoever runs a developer's script could run the command at once, sees it fail, and seldom has to change it. */
const HARMLESS_IN_SCRIPTS: ReadonlySet<string> = new Set(["shell-injection", "swallowed-error", "complex-function"]);

/**
 * In tests, fixtures, examples and demos everything but what is about tests is a remark: keys are made up there, and
 * wrong code is there on purpose. So it is in others' code and in steps that have run. The finding's identity does not hang on it.
 * @param path relative to the workspace folder, with `/`
 */
export function severityAtPath({ severity, category, rule }: ContentFinding, path: string): Severity {
  const side = sideFile(path);
  if (side === undefined || category === "test") return severity;
  return side === "script" && !HARMLESS_IN_SCRIPTS.has(rule) ? severity : "info";
}
