/** Reads what stands around a finding. One file is held at a time: findings come grouped by file. */
import path from "node:path";
import type { Folder } from "../engine.ts";
import { readTextFile } from "../offline/readTextFile.ts";

/** Lines without their `\n`; undefined when the file cannot be read any more. */
export type ReadLines = (reportedPath: string) => readonly string[] | undefined;

export function createLineReader(folders: readonly Folder[]): ReadLines {
  let held: { readonly path: string; readonly lines: readonly string[] | undefined } | undefined;
  return (reportedPath) => {
    if (held?.path !== reportedPath) held = { path: reportedPath, lines: readLines(folders, reportedPath) };
    return held.lines;
  };
}

function readLines(folders: readonly Folder[], reportedPath: string): readonly string[] | undefined {
  const folder = folders.find(({ prefix }) => reportedPath.startsWith(prefix));
  if (!folder) return undefined;
  try {
    const file = path.join(folder.path, reportedPath.slice(folder.prefix.length));
    return readTextFile(file, folder.path).text.split("\n");
  } catch {
    return undefined;
  }
}
