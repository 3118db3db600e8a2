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

type Subcommand = "ls-files" | "check-ignore" | "rev-parse";

/** Standard output, or undefined when git is missing, refuses or fails. Blocks: call it in a worker. */
export function git(folder: string, subcommand: Subcommand, ...args: string[]): Buffer | undefined {
  const result = spawnSync("git", [...SAFE, subcommand, ...args], {
    cwd: folder,
    maxBuffer: 512 * 1024 * 1024,
    timeout: 60_000,
    windowsHide: true,
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...withoutGitVariables(process.env), GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" },
  });
  return result.status === 0 ? result.stdout : undefined;
}

/** Inside a hook they name another repository or index than the folder's own. */
function withoutGitVariables(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("GIT_")));
}
