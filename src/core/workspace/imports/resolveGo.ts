/** Go: the module's path in go.mod names its folder; an import stands for all files of a package. */
import type { ResolveImport } from "./importResolver.ts";
import { folderOf, joinPath, type PathIndex } from "./pathIndex.ts";

export function createGoResolver(index: PathIndex, read: (path: string) => string | undefined): ResolveImport {
  const modules = index
    .named("go.mod")
    .map((file) => ({ folder: folderOf(file), path: /^\s*module\s+"?([^\s"]+)/m.exec(read(file) ?? "")?.[1] ?? "" }))
    .filter(({ path }) => path !== "")
    .toSorted((a, b) => b.path.length - a.path.length);
  return (_from, source) => {
    const module = modules.find(({ path }) => source === path || source.startsWith(`${path}/`));
    if (!module) return [];
    const folder = joinPath(module.folder, source.slice(module.path.length + 1));
    return folder === undefined ? [] : goFiles(index, folder);
  };
}

function goFiles(index: PathIndex, folder: string): string[] {
  return index.inFolder(folder).filter((path) => path.endsWith(".go") && !path.endsWith("_test.go"));
}
