/** How often files have changed, as git remembers it. */
import type { Git } from "./git.ts";

const YEAR_MS = 365 * 86_400_000;
/** Enough to tell busy files from quiet ones; the history of a large repository takes git seconds. */
const MOST_COMMITS = 5_000;

/**
 * Commits of the last year that touched each file, by path relative to the folder; merges do not count, and a renamed
 * file begins anew. undefined: git or a repository is missing.
 */
export async function countChanges(folder: string, git: Git, now: number): Promise<Map<string, number> | undefined> {
  const since = Math.floor((now - YEAR_MS) / 1000);
  const listed = await git.run(
    folder,
    "log",
    // The repository's configuration could have a program check signatures.
    "--no-show-signature",
    "--no-color",
    "--no-merges",
    "--no-renames",
    `--since=@${since}`,
    `--max-count=${MOST_COMMITS}`,
    "--format=",
    "--name-only",
    "-z",
    "--relative",
    "--",
    ".",
  );
  if (!listed) return undefined;
  const counts = new Map<string, number>();
  for (const path of listed.toString("utf8").split("\0")) {
    if (path !== "") counts.set(path, (counts.get(path) ?? 0) + 1);
  }
  return counts;
}
