import { cp, readdir } from "node:fs/promises";
import { join } from "node:path";
import { copyCorpus, type CorpusName } from "../../test/support/corpus.ts";
import { fileType } from "../../src/core/workspace/language.ts";

/**
 * Copies a package's sources.
 * @returns absolute paths of what the offline engine reviews in it, sorted
 */
export async function copySources(name: CorpusName, target: string): Promise<readonly string[]> {
  const copy = copyCorpus(name);
  await cp(copy.folder, target, { recursive: true });
  copy.remove();
  const names = await readdir(target, { recursive: true });
  return names
    .filter((file) => fileType(file)?.kind === "source")
    .map((file) => join(target, file))
    .toSorted();
}
