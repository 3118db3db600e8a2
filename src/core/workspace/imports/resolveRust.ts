/** Rust: `mod x` and `use` paths of the crate. An outline writes a module declaration as the source `mod x`. */
import { folderOf, foldersUp, type PathIndex } from "./pathIndex.ts";

export function resolveRust(index: PathIndex, from: string, source: string): string[] {
  const own = childFolder(from);
  if (source.startsWith("mod ")) return moduleFile(index, own, [source.slice(4)]);
  const parts = source.split("::");
  const head = parts.shift();
  if (head === "crate") {
    const root = foldersUp(folderOf(from)).find((folder) =>
      ["lib.rs", "main.rs"].some((name) => index.has(folder === "" ? name : `${folder}/${name}`)),
    );
    return root === undefined ? [] : deepestModule(index, root, parts);
  }
  if (head === "self") return deepestModule(index, own, parts);
  if (head === "super") {
    let folder = folderOf(own);
    while (parts[0] === "super") {
      folder = folderOf(folder);
      parts.shift();
    }
    return deepestModule(index, folder, parts);
  }
  return head === undefined ? [] : deepestModule(index, own, [head, ...parts]);
}

/** Where the modules lie that a file declares. */
function childFolder(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return ["lib.rs", "main.rs", "mod.rs"].includes(name) ? folderOf(path) : path.replace(/\.rs$/, "");
}

/** The last parts of a path may be items of the module before them. */
function deepestModule(index: PathIndex, folder: string, parts: readonly string[]): string[] {
  for (let length = parts.length; length > 0; length--) {
    const found = moduleFile(index, folder, parts.slice(0, length));
    if (found.length > 0) return found;
  }
  return [];
}

function moduleFile(index: PathIndex, folder: string, parts: readonly string[]): string[] {
  const path = [folder, ...parts].filter((part) => part !== "").join("/");
  return [`${path}.rs`, `${path}/mod.rs`].filter((one) => index.has(one)).slice(0, 1);
}
