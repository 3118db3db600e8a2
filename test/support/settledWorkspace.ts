import fs from "node:fs";
import path from "node:path";
import { initRepository } from "./gitRepository.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

/** One finding to show, one that its code explains, data, and nothing. */
export const SETTLED_FILES = {
  "src/a.js": "export function a(x) {\n  if (x = 1) return 2;\n  return x == x;\n}\n",
  "src/b.js":
    "export function b(x) {\n  // onceover-ignore assignment-in-condition: on purpose\n  if (x = 1) return 2;\n}\n",
  "data.json": '{ "a": 1 }\n',
  "empty.js": "",
};

/** A repository in which no file could have changed within the clock's granularity. */
export function settledWorkspace(): string {
  const folder = temporaryFolder(SETTLED_FILES);
  initRepository(folder);
  settle(folder);
  return folder;
}

/** Stamps of an hour ago; git's own files keep theirs. */
export function settle(folder: string): void {
  const anHourAgo = new Date(Date.now() - 3_600_000);
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const isGits = path.relative(folder, entry.parentPath).split(path.sep)[0] === ".git";
    if (entry.isFile() && !isGits) fs.utimesSync(path.join(entry.parentPath, entry.name), anHourAgo, anHourAgo);
  }
}
