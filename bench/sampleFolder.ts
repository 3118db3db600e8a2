/** A folder with a few real source files, to be reviewed. */
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { copyCorpus } from "../test/support/corpus.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const maxSizeBytes = 16 * 1024;

export interface SampleFolder extends AsyncDisposable {
  readonly path: string;
  /** Holds `path`; for a store or anything else that goes with it. */
  readonly parent: string;
  readonly files: readonly string[];
  readonly sizeBytes: number;
}

/**
 * Copies the largest files that are no larger than 16 KB: of Express where it is installed, else of this project.
 * Names are numbered, so that files of one name from two folders do not meet.
 */
export async function createSampleFolder(count: number): Promise<SampleFolder> {
  const chosen = (await largest("node_modules/express/lib", count)) ?? (await largest("src", count));
  if (!chosen) throw new Error(`There are not ${count} source files to copy.`);
  const parent = await mkdtemp(join(tmpdir(), "onceover-bench-"));
  const path = join(parent, "workspace");
  await mkdir(path);
  const files = chosen.map(({ file }, index) => `${String(index + 1).padStart(2, "0")}-${basename(file)}`);
  await Promise.all(chosen.map(({ file }, index) => copyFile(file, join(path, files[index] ?? ""))));
  return {
    path,
    parent,
    files,
    sizeBytes: chosen.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    [Symbol.asyncDispose]: () => rm(parent, { recursive: true, force: true, maxRetries: 3 }),
  };
}

async function largest(folder: string, count: number): Promise<{ file: string; sizeBytes: number }[] | null> {
  const names = await readdir(join(root, folder), { recursive: true }).catch(() => []);
  const sources = names.filter((name) => /\.[jt]s$/.test(name) && !name.endsWith(".d.ts"));
  const sized = await Promise.all(
    sources.map(async (name) => {
      const file = join(root, folder, name);
      return { file, sizeBytes: (await stat(file)).size };
    }),
  );
  const fitting = sized
    .filter(({ sizeBytes }) => sizeBytes <= maxSizeBytes)
    .toSorted((a, b) => b.sizeBytes - a.sizeBytes || a.file.localeCompare(b.file))
    .slice(0, count);
  return fitting.length === count ? fitting : null;
}

/**
 * Copies the first files up to 16 KB, by name, of a folder with at least so many.
 * @returns the copies' names, relative to `target`
 */
export async function copyFirstFiles(source: string, target: string, count: number): Promise<readonly string[]> {
  const names = (await readdir(source, { recursive: true })).filter((name) => /\.[jt]s$/.test(name)).toSorted();
  const copied: string[] = [];
  for (const name of names) {
    const { size } = await stat(join(source, name));
    if (size > maxSizeBytes || copied.length === count) continue;
    await mkdir(dirname(join(target, name)), { recursive: true });
    await copyFile(join(source, name), join(target, name));
    copied.push(name);
  }
  if (copied.length < count) throw new Error(`There are not ${count} source files to copy.`);
  return copied;
}

const filesPerFolder = 50;

/**
 * Writes any number of real files of up to 16 KB, no two alike: sources of ESLint and three, over and over, each copy
 * with a line of its own.
 * @param options.isMixed few files are of the same kind as many: of both packages, from their beginnings and ends
 * @returns their names, relative to `target`
 */
export async function writeManyFiles(
  target: string,
  count: number,
  options: { isMixed?: boolean } = {},
): Promise<readonly string[]> {
  const sources = await readSources();
  const step = options.isMixed === true ? strideFor(sources.length) : 1;
  const names: string[] = [];
  for (let index = 0; index < count; index++) {
    const folder = `part${Math.floor(index / filesPerFolder)}`;
    if (index % filesPerFolder === 0) await mkdir(join(target, folder), { recursive: true });
    const name = `${folder}/file${index}.js`;
    await writeFile(join(target, name), `${sources[(index * step) % sources.length]}\n// copy ${index}\n`);
    names.push(name);
  }
  return names;
}

/** Far from the neighbour, and through all of them before any comes again. */
function strideFor(length: number): number {
  const greatest = (a: number, b: number): number => (b === 0 ? a : greatest(b, a % b));
  let stride = Math.round(length * 0.618);
  while (greatest(stride, length) !== 1) stride += 1;
  return stride;
}

/** Writes files of real code of at least so many bytes, several sources one after the other in each. */
export async function writeLargeFiles(target: string, count: number, sizeBytes: number): Promise<void> {
  const sources = await readSources();
  await mkdir(target, { recursive: true });
  let next = 0;
  for (let index = 0; index < count; index++) {
    let text = `// file ${index}\n`;
    while (text.length < sizeBytes) text += sources[next++ % sources.length];
    await writeFile(join(target, `file${index}.js`), text);
  }
}

async function readSources(): Promise<readonly string[]> {
  const texts: string[] = [];
  for (const name of ["eslint", "three"] as const) {
    const copy = copyCorpus(name);
    const files = (await readdir(copy.folder, { recursive: true })).filter((file) => file.endsWith(".js")).toSorted();
    for (const file of files) {
      const text = await readFile(join(copy.folder, file), "utf8");
      if (text.length <= maxSizeBytes) texts.push(text);
    }
    copy.remove();
  }
  return texts;
}
