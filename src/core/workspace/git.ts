/** The only program the core runs. Read-only subcommands, no shell, and nothing of the repository's own is executed. */
import { spawnSync } from "node:child_process";

/** Repository configuration must not be able to start programs (hooks, fsmonitor, external diff, filters). */
const SAFE = [
  "--no-optional-locks",
  "-c",
  "core.fsmonitor=false",
  "-c",
  "core.hooksPath=/dev/null",
  "-c",
  "core.quotePath=false",
  "-c",
  "diff.external=",
];

type Subcommand = "ls-files" | "check-ignore" | "rev-parse" | "merge-base" | "diff-index" | "config";

export type GitConfig = readonly (readonly [name: string, value: string])[];

/** Why git gave no answer: `missing` cannot be run at all; the rest is what it said, in English. */
export type GitFailure = { readonly missing: boolean; readonly message: string };

/** Standard output, or undefined when git is missing, refuses or fails. Blocks: call it in a worker. */
export function git(folder: string, subcommand: Subcommand, ...args: string[]): Buffer | undefined {
  return gitWith([], folder, subcommand, ...args);
}

/** @param config settings that this one call overrides; names may hold any character but NUL */
export function gitWith(
  config: GitConfig,
  folder: string,
  subcommand: Subcommand,
  ...args: string[]
): Buffer | undefined {
  const result = run(config, folder, [subcommand, ...args], "ignore");
  return result.status === 0 ? result.stdout : undefined;
}

/** undefined: git sees a repository there. */
export function gitFailure(folder: string): GitFailure | undefined {
  const { status, error, stderr } = run([], folder, ["rev-parse", "--git-dir"], "pipe");
  if (status === 0) return undefined;
  return { missing: error !== undefined, message: error ? error.message : stderr.toString("utf8").trim() };
}

function run(config: GitConfig, folder: string, args: readonly string[], stderr: "ignore" | "pipe") {
  return spawnSync("git", [...SAFE, ...args], {
    cwd: folder,
    maxBuffer: 512 * 1024 * 1024,
    timeout: 60_000,
    windowsHide: true,
    stdio: ["ignore", "pipe", stderr],
    env: {
      ...withoutGitVariables(process.env),
      ...configVariables(config),
      GIT_OPTIONAL_LOCKS: "0",
      GIT_TERMINAL_PROMPT: "0",
      // What a partial clone left behind is not fetched: nothing here speaks to a server.
      GIT_NO_LAZY_FETCH: "1",
      LC_ALL: "C",
    },
  });
}

/** As variables rather than `-c`: there a name ends at its first `=`. */
function configVariables(config: GitConfig): Record<string, string> {
  const pairs = config.flatMap(([name, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, name],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { ...Object.fromEntries(pairs), GIT_CONFIG_COUNT: String(config.length) };
}

/** Inside a hook they name another repository or index than the folder's own. */
function withoutGitVariables(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("GIT_")));
}
