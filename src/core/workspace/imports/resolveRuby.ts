/** Ruby: `require_relative` from the file, `require` from the `lib` folders. The outline does not tell them apart. */
import { folderOf, foldersUp, joinPath, type PathIndex } from "./pathIndex.ts";

export function resolveRuby(index: PathIndex, from: string, source: string): string[] {
  const file = source.endsWith(".rb") ? source : `${source}.rb`;
  const beside = joinPath(folderOf(from), file);
  if (beside !== undefined && index.has(beside)) return [beside];
  for (const folder of foldersUp(folderOf(from))) {
    for (const root of ["lib", "app"]) {
      const found = joinPath(folder, `${root}/${file}`);
      if (found !== undefined && index.has(found)) return [found];
    }
  }
  return [];
}
