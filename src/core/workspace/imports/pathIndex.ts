/** The snapshot's paths, asked by name, folder and ending. */
export interface PathIndex {
  has(path: string): boolean;
  /** Files directly in a folder; "" is the workspace's own. */
  inFolder(folder: string): readonly string[];
  /** Files directly in any folder that is `ending` or ends with `/ending`. */
  inFolderEnding(ending: string): readonly string[];
  /** Files whose path is `ending` or ends with `/ending`. */
  endingWith(ending: string): readonly string[];
  /** Paths of files with this name, shortest first. */
  named(name: string): readonly string[];
}

export function createPathIndex(paths: readonly string[]): PathIndex {
  const all = new Set(paths);
  const folders = new Map<string, string[]>();
  const names = new Map<string, string[]>();
  for (const path of all) {
    push(folders, folderOf(path), path);
    push(names, path.slice(path.lastIndexOf("/") + 1), path);
  }
  for (const list of names.values()) list.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const named = (name: string) => names.get(name) ?? [];
  return {
    has: (path) => all.has(path),
    inFolder: (folder) => folders.get(folder) ?? [],
    inFolderEnding: (ending) =>
      [...folders].filter(([folder]) => folder === ending || folder.endsWith(`/${ending}`)).flatMap(([, list]) => list),
    named,
    endingWith: (ending) =>
      named(ending.slice(ending.lastIndexOf("/") + 1)).filter((path) => path === ending || path.endsWith(`/${ending}`)),
  };
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** Joins and resolves `.` and `..`; undefined where that leaves the workspace or the path is absolute. */
export function joinPath(folder: string, relative: string): string | undefined {
  if (relative.startsWith("/") || relative.includes("\0") || relative.includes("\\")) return undefined;
  const parts = folder === "" ? [] : folder.split("/");
  for (const part of relative.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

/** The folder and those around it, innermost first, up to the workspace's own (""). */
export function foldersUp(folder: string): string[] {
  const folders = [folder];
  for (let at = folder; at !== "";) folders.push((at = folderOf(at)));
  return folders;
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
