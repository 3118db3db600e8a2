/** Paths on the command line to folders under review. */
import fs from "node:fs";
import path from "node:path";
import type { Folder } from "../core/engine.ts";
import { OnceoverError } from "../shared/errors.ts";
import { escapeLine } from "../shared/escapeText.ts";

/** One folder reports plain paths; of several each path begins with its folder's name. Twice the same is once. */
export function resolveFolders(paths: readonly string[], cwd: string): Folder[] {
  const given = new Map<string, string>();
  for (const one of paths) {
    const absolute = path.resolve(cwd, one);
    const real = existingFolder(absolute, one);
    if (!given.has(real)) given.set(real, absolute);
  }
  const folders = [...given].filter(([real]) => ![...given.keys()].some((other) => isInside(real, other)));
  if (folders.length === 1) return [{ path: folders[0]![1], prefix: "" }];
  const names = uniqueNames(folders.map(([, absolute]) => path.basename(absolute) || "root"));
  return folders.map(([, absolute], index) => ({ path: absolute, prefix: `${names[index]}/` }));
}

function existingFolder(absolute: string, given: string): string {
  const shown = escapeLine(given);
  let real: string;
  try {
    real = fs.realpathSync(absolute);
    if (fs.statSync(real).isDirectory()) return real;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== "ENOENT" && code !== "ENOTDIR") {
      throw new OnceoverError("missing-folder", `Cannot open ${shown} (${code}).`, { cause: error });
    }
    throw new OnceoverError("missing-folder", `There is no folder ${shown}.`, {
      advice: "Check the path; without one the current folder is reviewed.",
      cause: error,
    });
  }
  throw new OnceoverError("not-a-folder", `${shown} is not a folder.`, {
    advice: `To review a single file: onceover analyze ${quoted(path.dirname(given))} --include ${quoted(path.basename(given))}`,
  });
}

/** As it can be typed. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(escapeLine(word));
}

/** A folder inside another one on the list is reviewed with that one. */
function isInside(folder: string, other: string): boolean {
  const relative = path.relative(other, folder);
  return relative !== "" && relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let number = 2; taken.has(unique); number++) unique = `${name}-${number}`;
    taken.add(unique);
    return unique;
  });
}
