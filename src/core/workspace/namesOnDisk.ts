import fs from "node:fs";
import path from "node:path";
import type { NamesIn } from "./vendoredFolders.ts";

/** The names in a folder of the workspace `root`; none where it cannot be read. */
export function namesOnDisk(root: string): NamesIn {
  return (folder) => {
    try {
      const entries = fs.readdirSync(path.join(root, folder), { withFileTypes: true });
      return entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
    } catch {
      return [];
    }
  };
}
