/** Java: a class's package is its folder below some source root, wherever that lies. */
import { folderOf, type PathIndex } from "./pathIndex.ts";

export function resolveJava(index: PathIndex, source: string, names: readonly string[]): string[] {
  const parts = source.replace(/\s/g, "").split(".");
  // A nested class or a static member: the file is that of an outer class.
  for (let length = parts.length; length > 1; length--) {
    const found = index.endingWith(`${parts.slice(0, length).join("/")}.java`);
    if (found.length > 0) return [...found];
  }
  return names.includes("*") ? packageFiles(index, parts.join("/")) : [];
}

function packageFiles(index: PathIndex, folder: string): string[] {
  if (folder === "") return [];
  return index.inFolderEnding(folder).filter((path) => path.endsWith(".java") && folderOf(path) !== "");
}
