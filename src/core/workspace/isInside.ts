import path from "node:path";

/** Whether a path lies in a folder or is it, compared by components. Both absolute, with links resolved. */
export function isInside(folder: string, absolutePath: string | undefined): boolean {
  if (absolutePath === undefined) return false;
  const relative = path.relative(folder, absolutePath);
  return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
