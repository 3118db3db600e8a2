import path from "node:path";

/** `--cache-dir` as an absolute path; null: the platform's data folder. */
export function storeFolderOf(cacheDir: string | null, cwd: string): string | null {
  return cacheDir === null ? null : path.resolve(cwd, cacheDir);
}
