/** C, C++, shells: a path beside the file, from a folder around it, or by its unique ending. */
import { folderOf, foldersUp, joinPath, type PathIndex } from "./pathIndex.ts";

export function resolveInclude(index: PathIndex, from: string, source: string): string[] {
  // `$(dirname "$0")/a.sh` and the like: what follows the variable part.
  const path = source.replaceAll("\\", "/").replace(/^.*[$)}"]\w*\//, "");
  for (const folder of foldersUp(folderOf(from))) {
    for (const inner of ["", "include/", "src/"]) {
      const found = joinPath(folder, inner + path);
      if (found !== undefined && index.has(found)) return [found];
    }
  }
  const ending = path.replace(/^(\.\.?\/)+/, "");
  const found = index.endingWith(ending);
  return found.length === 1 ? [...found] : [];
}
