import path from "node:path";
import type { Folder, RunRequest } from "../engine.ts";
import { changedFiles } from "./changedFiles.ts";
import { discoverFiles } from "./discovery.ts";
import type { Git } from "./git.ts";

interface Wanted extends Pick<RunRequest, "trusted"> {
  /** As reported; null: all, but for what `under` says. */
  readonly only: readonly string[] | null;
  /** Folders, as reported; null: all, but for what `only` says. */
  readonly under: readonly string[] | null;
  readonly since: string | null;
  /** True: what `only` names is looked at if it would be without `only`, too. */
  readonly listedOnly?: boolean;
}

/**
 * Which files of a folder a run is about, relative to it, with `/`, sorted. Those asked for by name need no listing of
 * the whole workspace, and may not be there.
 * @throws OnceoverError `usage` as `RunRequest.since` says
 */
export async function wantedFiles(folder: Folder, wanted: Wanted, git: Git): Promise<string[]> {
  const mayRun = wanted.trusted ? git : undefined;
  const changed = wanted.since === null ? undefined : await changedFiles(folder.path, wanted.since, mayRun);
  const { only, under } = wanted;
  if (!only && !under) return changed ?? discoverFiles(folder.path, mayRun);
  const asked = await askedFiles(folder, wanted, changed, mayRun);
  if (!changed) return asked;
  const differing = new Set(changed);
  return asked.filter((relative) => differing.has(relative));
}

async function askedFiles(
  folder: Folder,
  { only, under, listedOnly }: Wanted,
  changed: readonly string[] | undefined,
  git: Git | undefined,
): Promise<string[]> {
  const named = namedFiles(folder, only ?? []);
  const isBelow = createBelowCheck(folder, under ?? []);
  // Where no folder is asked for nothing has to be listed.
  const needsList = isBelow !== undefined || (listedOnly === true && named.length > 0);
  const listed = needsList ? (changed ?? (await discoverFiles(folder.path, git))) : [];
  const known = listedOnly ? listed.filter((relative) => named.includes(relative)) : named;
  return isBelow ? [...new Set([...known, ...listed.filter(isBelow)])].toSorted() : known;
}

/** Judges paths relative to the folder; undefined: nothing in it is asked for. */
function createBelowCheck(folder: Folder, under: readonly string[]): ((relative: string) => boolean) | undefined {
  const reported = under.map((one) => `${one.replace(/\/+$/, "")}/`);
  // The folder itself, or one around it: a single folder has no prefix and no name.
  if (reported.some((one) => one === "/" || folder.prefix.startsWith(one))) return () => true;
  const inside = namedFiles(folder, reported);
  return inside.length === 0 ? undefined : (relative) => inside.some((one) => relative.startsWith(one));
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
