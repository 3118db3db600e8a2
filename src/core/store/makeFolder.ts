import fs from "node:fs";
import path from "node:path";

/**
 * Makes a folder and those above it, for its owner alone. One by one: Node's own recursive way never ends where the
 * file system refuses with "no such file", as /proc does.
 */
export function makeFolder(folder: string): void {
  if (fs.existsSync(folder)) return;
  const parent = path.dirname(folder);
  if (parent !== folder) makeFolder(parent);
  try {
    fs.mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process may have been faster.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}
