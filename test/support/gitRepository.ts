import { execFileSync } from "node:child_process";

/** Makes `folder` a repository and commits what is in it. */
export function initRepository(folder: string): void {
  runGit(folder, "init", "-q", "-b", "main");
  commitAll(folder);
}

function commitAll(folder: string): void {
  runGit(folder, "add", "-A");
  runGit(folder, "commit", "-q", "--allow-empty", "-m", "state");
}

export function runGit(folder: string, ...args: string[]): string {
  return execFileSync(
    "git",
    ["-c", "user.name=Test", "-c", "user.email=test@example.invalid", "-c", "commit.gpgsign=false", ...args],
    {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
}
