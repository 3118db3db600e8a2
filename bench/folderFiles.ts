/** What lies in a folder and below. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** @returns absolute paths */
export async function folderFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Of all files together. */
export async function folderBytes(folder: string): Promise<number> {
  const sizes = await Promise.all((await folderFiles(folder)).map(async (file) => (await stat(file)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
