/** Whole repositories of a wanted size, put together from published packages' sources. */
import { copyFile, mkdir, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileType } from "../../src/core/workspace/language.ts";
import { skipByName } from "../../src/core/workspace/skipReasons.ts";
import { corpusPackages } from "../../test/support/corpus.ts";

/** Those with the most code as it was written come first, then all others by name, and what was compiled from it last. */
const FIRST = ["eslint/lib", "rxjs/src", "three/src", "fastify", "node-gyp/gyp"];
const LAST = ["three/examples", "rxjs/dist/types", "rxjs/dist/esm", "rxjs/dist/esm5"];
const MAX_BYTES = 128 * 1024;

/**
 * Copies the first so many source files of up to 128 KB.
 * @returns their names, relative to `target`, with `/`
 * @throws when there are fewer
 */
export async function copyRepository(target: string, count: number): Promise<readonly string[]> {
  const root = corpusPackages();
  const copied: string[] = [];
  for (const folder of await packageFolders(root)) {
    for (const name of await sourcesIn(root, folder)) {
      if (copied.length === count) return copied;
      await mkdir(dirname(join(target, name)), { recursive: true });
      await copyFile(join(root, name), join(target, name));
      copied.push(name);
    }
  }
  if (copied.length < count) throw new Error(`There are ${copied.length} source files, not ${count}.`);
  return copied;
}

async function packageFolders(root: string): Promise<string[]> {
  const taken = new Set(FIRST.map((folder) => folder.split("/")[0]));
  const others = (await readdir(root)).filter((name) => !name.startsWith(".") && !taken.has(name)).toSorted();
  return [...FIRST, ...others, ...LAST];
}

/** What would be skipped by its name within the package is left out; packages nested in it, too. */
async function sourcesIn(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  const names: string[] = [];
  for (const entry of entries) {
    const file = join(entry.parentPath, entry.name);
    const name = file.slice(root.length + 1).replaceAll("\\", "/");
    if (!entry.isFile() || fileType(name)?.kind !== "source" || skipByName(name)) continue;
    if ((await stat(file)).size <= MAX_BYTES) names.push(name);
  }
  return names.toSorted();
}
