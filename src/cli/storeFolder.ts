import path from "node:path";

/** `--cache-dir` or `--team-folder` as an absolute path; null where it is not given. */
export function storeFolderOf(given: string | null, cwd: string): string | null {
  return given === null ? null : path.resolve(cwd, given);
}
