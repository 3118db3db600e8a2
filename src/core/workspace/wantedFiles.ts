import path from "node:path";
import type { Folder, RunRequest } from "../engine.ts";
import { changedFiles } from "./changedFiles.ts";
import { discoverFiles } from "./discovery.ts";
import type { Git } from "./git.ts";

interface Wanted extends Pick<RunRequest, "trusted"> {
  /** As reported; null: all. */
  readonly only: readonly string[] | null;
  readonly since: string | null;
}

/**
 * Which files of a folder a run is about, relative to it, with `/`, sorted. Those asked for by name need no listing of
 * the whole workspace, and may not be there.
 * @throws OnceoverError `usage` as `RunRequest.since` says
 */
export async function wantedFiles(folder: Folder, { only, since, trusted }: Wanted, git: Git): Promise<string[]> {
  const mayRun = trusted ? git : undefined;
  const changed = since === null ? undefined : await changedFiles(folder.path, since, mayRun);
  if (!only) return changed ?? discoverFiles(folder.path, mayRun);
  const named = namedFiles(folder, only);
  if (!changed) return named;
  const differing = new Set(changed);
  return named.filter((relative) => differing.has(relative));
}

function namedFiles(folder: Folder, only: readonly string[]): string[] {
  const relatives = only
    .filter((reported) => reported.startsWith(folder.prefix))
    .map((reported) => reported.slice(folder.prefix.length))
    .filter(staysInside);
  return [...new Set(relatives)].toSorted();
}

function staysInside(relative: string): boolean {
  return relative !== "" && !path.isAbsolute(relative) && !relative.split("/").includes("..");
}
