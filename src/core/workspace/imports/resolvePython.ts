/** Python: relative and absolute modules, packages with and without `__init__.py`, roots found by looking upwards. */
import { folderOf, foldersUp, joinPath, type PathIndex } from "./pathIndex.ts";

export function resolvePython(index: PathIndex, from: string, source: string, names: readonly string[]): string[] {
  const [, dots = "", dotted = ""] = /^(\.*)(.*)$/.exec(source.replace(/\s/g, "")) ?? [];
  const path = dotted.replaceAll(".", "/");
  if (dots !== "") {
    const folder = joinPath(folderOf(from), "../".repeat(dots.length - 1));
    return folder === undefined ? [] : moduleFiles(index, folder, path, names);
  }
  const roots = foldersUp(folderOf(from)).flatMap((folder) => [folder, folder === "" ? "src" : `${folder}/src`]);
  for (const root of roots) {
    const found = moduleFiles(index, root, path, names);
    if (found.length > 0) return found;
  }
  return [];
}

/** The module itself and, for a package, those of the names that are modules in it. */
function moduleFiles(index: PathIndex, root: string, path: string, names: readonly string[]): string[] {
  const module = joinPath(root, path);
  if (module === undefined) return [];
  const at = (name: string) => (module === "" ? name : `${module}/${name}`);
  const own = [at("__init__.py"), ...(module === "" ? [] : [`${module}.py`]), `${module}.pyi`, at("__init__.pyi")].find(
    (one) => index.has(one),
  );
  const inside = names.flatMap((name) =>
    [at(`${name}.py`), at(`${name}/__init__.py`), at(`${name}.pyi`)].filter((one) => index.has(one)).slice(0, 1),
  );
  return [
    ...(own === undefined ? [] : [own]),
    ...(own?.endsWith(`${module}.py`) === true && module !== "" ? [] : inside),
  ];
}
