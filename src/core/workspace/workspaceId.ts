import { hash } from "node:crypto";
import fs from "node:fs";
import type { Folder } from "../engine.ts";

/** The same folders are the same workspace, from wherever they are opened. */
export function workspaceId(folders: readonly Folder[]): string {
  const real = folders.map((folder) => `${folder.prefix}\0${fs.realpathSync(folder.path)}`);
  return hash("sha256", JSON.stringify(real.toSorted()), "hex");
}
