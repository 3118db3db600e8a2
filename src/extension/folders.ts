/** The workspace's folders as the engine knows them, and the way from a reported path to a file and back. */
import path from "node:path";
import type { Folder } from "../core/engine.ts";

export interface NamedFolder {
  readonly name: string;
  /** Absolute path. */
  readonly path: string;
}

/** A single folder has no prefix; several are told apart by name, equal names by a number. */
export function toEngineFolders(folders: readonly NamedFolder[]): readonly Folder[] {
  if (folders.length === 1) return folders.map((one) => ({ path: one.path, prefix: "" }));
  const taken = new Set<string>();
  return folders.map((one) => ({ path: one.path, prefix: `${freeName(one.name, taken)}/` }));
}

/** A slash in a name (workspace files allow it) would make one folder's paths look like another's. */
function freeName(name: string, taken: Set<string>): string {
  const plain = name.replaceAll(/[/\\]/g, "-").trim() || "folder";
  let free = plain;
  for (let number = 2; taken.has(free); number++) free = `${plain}-${number}`;
  taken.add(free);
  return free;
}

/** Absolute path of a reported path; undefined when it belongs to no folder or would leave it. */
export function absolutePathOf(folders: readonly Folder[], reported: string): string | undefined {
  const folder = folderOf(folders, reported);
  if (!folder) return undefined;
  const relative = reported.slice(folder.prefix.length);
  if (relative === "" || relative.split("/").includes("..")) return undefined;
  return path.join(folder.path, ...relative.split("/"));
}

function folderOf(folders: readonly Folder[], reported: string): Folder | undefined {
  return folders.find((one) => reported.startsWith(one.prefix));
}

/**
 * As `RunRequest.under` names that folder; undefined when it is none of the folders and lies in none. A single folder
 * of a workspace is the empty path.
 */
export function reportedFolderOf(folders: readonly Folder[], absolute: string): string | undefined {
  const itself = folders.find((folder) => path.relative(folder.path, absolute) === "");
  return itself ? itself.prefix.replace(/\/$/, "") : reportedPathOf(folders, absolute);
}

/** How reports name that file; undefined when it lies in none of the folders. The innermost folder answers for it. */
export function reportedPathOf(folders: readonly Folder[], absolute: string): string | undefined {
  const inside = folders
    .map((folder) => ({ folder, relative: path.relative(folder.path, absolute) }))
    .filter(({ relative }) => relative !== "" && relative.split(path.sep)[0] !== ".." && !path.isAbsolute(relative))
    .toSorted((a, b) => a.relative.length - b.relative.length)[0];
  return inside && inside.folder.prefix + inside.relative.split(path.sep).join("/");
}
