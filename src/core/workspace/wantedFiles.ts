import type { Folder, RunRequest } from "../engine.ts";
import { changedFiles } from "./changedFiles.ts";

interface Wanted extends Pick<RunRequest, "trusted"> {
  readonly only: readonly string[] | null;
  readonly since: string | null;
}

/** Reported paths that a run is about; undefined: everything in the folder. Throws `usage` as `RunRequest.since` says. */
export function wantedFiles(folder: Folder, { only, since, trusted }: Wanted): ReadonlySet<string> | undefined {
  const named = only ? new Set(only) : undefined;
  if (since === null) return named;
  const changed = new Set(changedFiles(folder.path, since, trusted).map((relative) => folder.prefix + relative));
  return named ? new Set([...named].filter((one) => changed.has(one))) : changed;
}
