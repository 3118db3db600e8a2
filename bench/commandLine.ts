/** The built command line without a model, or without anything to review. */
import { access } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { runNode, type ProcessResult } from "./nodeProcess.ts";

const program = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

/** @throws when it is not built, or ends with another exit status than 0 */
export async function runCommandLine(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ProcessResult> {
  await access(program).catch(() => {
    throw new Error("dist/cli.js is not there: build first");
  });
  const result = await runNode(program, args, { timeoutMs: 300_000, env });
  if (result.exitCode !== 0) {
    throw new Error(`exit status ${result.exitCode}: ${result.stderr.trim().split("\n").at(-1) ?? ""}`);
  }
  return result;
}
