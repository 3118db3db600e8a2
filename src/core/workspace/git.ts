/** The only program the core runs. Read-only subcommands, no shell, and nothing of the repository's own is executed. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

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

type Subcommand =
  | "ls-files"
  | "check-ignore"
  | "rev-parse"
  | "merge-base"
  | "diff-index"
  | "diff-files"
  | "config"
  | "for-each-ref"
  | "log"
  | "blame"
  | "diff";

export type GitConfig = readonly (readonly [name: string, value: string])[];

/** Why git gave no answer: `missing` cannot be run at all; the rest is what it said, in English. No status: it was ended. */
export type GitFailure = { readonly missing: boolean; readonly message: string; readonly status: number | null };

export interface Listing {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

/** Every call rejects with the signal's reason, and its process is gone, once the signal is aborted. */
export interface Git {
  /** Standard output, or undefined when git is missing, refuses or fails. */
  run(folder: string, subcommand: Subcommand, ...args: string[]): Promise<Buffer | undefined>;
  /** @param config settings that this one call overrides; names may hold any character but NUL */
  runWith(config: GitConfig, folder: string, subcommand: Subcommand, ...args: string[]): Promise<Buffer | undefined>;
  /** As `run`, with what git complained about, in English. */
  list(folder: string, subcommand: Subcommand, ...args: string[]): Promise<Listing | undefined>;
  /** `git grep`; empty when nothing is found, undefined when it cannot be told. */
  grep(folder: string, ...args: string[]): Promise<Buffer | undefined>;
  /** undefined: git sees a repository there. */
  failure(folder: string): Promise<GitFailure | undefined>;
}

export function createGit(signal: AbortSignal): Git {
  const runWith: Git["runWith"] = async (config, folder, subcommand, ...args) => {
    const result = await start(config, folder, [subcommand, ...args], signal);
    return result.ok ? result.stdout : undefined;
  };
  return {
    run: (folder, subcommand, ...args) => runWith([], folder, subcommand, ...args),
    runWith,
    async list(folder, subcommand, ...args) {
      const result = await start([], folder, [subcommand, ...args], signal);
      return result.ok ? result : undefined;
    },
    async grep(folder, ...args) {
      const result = await start([], folder, ["grep", ...args], signal);
      if (result.ok) return result.stdout;
      return result.failure.status === 1 && result.failure.message === "" ? Buffer.alloc(0) : undefined;
    },
    async failure(folder) {
      const result = await start([], folder, ["rev-parse", "--git-dir"], signal);
      return result.ok ? undefined : result.failure;
    },
  };
}

const runFile = promisify(execFile);

type Result = ({ readonly ok: true } & Listing) | { readonly ok: false; readonly failure: GitFailure };

async function start(config: GitConfig, folder: string, args: readonly string[], signal: AbortSignal): Promise<Result> {
  try {
    const { stdout, stderr } = await runFile("git", [...SAFE, ...args], {
      cwd: folder,
      encoding: "buffer",
      maxBuffer: 512 * 1024 * 1024,
      timeout: 60_000,
      windowsHide: true,
      signal,
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
    return { ok: true, stdout, stderr };
  } catch (error) {
    signal.throwIfAborted();
    return { ok: false, failure: describeFailure(error) };
  }
}

/** A process that ran has an exit status for its code; one that could not be started a name. */
function describeFailure(error: unknown): GitFailure {
  const { code, stderr, message } = error as { code?: unknown; stderr?: Buffer; message: string };
  const missing = typeof code === "string";
  const status = typeof code === "number" ? code : null;
  return { missing, status, message: missing ? message : (stderr?.toString("utf8").trim() ?? message) };
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
