/** A repository in which a week's work is done: real sources, every change committed. */
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { copyCorpus } from "../../test/support/corpus.ts";
import { runGit } from "../../test/support/gitRepository.ts";
import { folderFiles } from "../folderFiles.ts";
import { createRandom } from "../recall/random.ts";

export interface WeekRepository {
  readonly folder: string;
  /** Edits so many files' function bodies, each once a day. */
  editBodies(count: number): Promise<void>;
  /** Adds a comment within a function. */
  comment(): Promise<void>;
  /** @throws when the file does not hold that text: then another thing would be measured */
  replace(file: string, from: string, to: string): Promise<void>;
  /** Moves a file and corrects whoever imports it. */
  move(file: string, to: string): Promise<void>;
  /** A new file with one function, and a file that imports it. */
  add(file: string): Promise<void>;
  /** What `add` added, and its import. */
  remove(file: string): Promise<void>;
  commit(message: string): void;
  /** Takes back the last commit with that message. */
  revert(message: string): void;
  git(...args: string[]): void;
  /** Files edited until now may be edited again. */
  startDay(): void;
  dispose(): void;
}

/** Statements may stand behind it. */
const BLOCK_BEGINS = /^\s+.*(\) \{|=> \{)$/;
const NO_STATEMENTS = /switch|class|interface/;

export function createWeekRepository(seed: string): WeekRepository {
  const { folder, remove: dispose } = copyCorpus("rxjs", { git: true });
  const random = createRandom(seed);
  const touched = new Set<string>();
  const importers = new Map<string, string>();
  let edits = 0;
  const git = (...args: string[]) => void runGit(folder, ...args);
  const sources = async () => {
    const files = (await folderFiles(join(folder, "internal"))).filter((file) => file.endsWith(".ts"));
    return files.map((file) => relative(folder, file).replaceAll("\\", "/")).toSorted();
  };
  const change = async (file: string, edit: (text: string) => string) => {
    const path = join(folder, file);
    await writeFile(path, edit(await readFile(path, "utf8")));
    touched.add(file);
  };

  /** Behind a line of a function, in a file that was not edited today: so every commit can be taken back. */
  async function insert(line: (edit: number) => string): Promise<void> {
    const files = await sources();
    for (;;) {
      const file = random.pick(files);
      const lines = (await readFile(join(folder, file), "utf8")).split("\n");
      const places = lines.flatMap((one, at) => (BLOCK_BEGINS.test(one) && !NO_STATEMENTS.test(one) ? [at] : []));
      if (touched.has(file) || places.length === 0) continue;
      const at = random.pick(places);
      edits += 1;
      const indent = `${/^\s*/.exec(lines[at]!)![0]}  `;
      await change(file, () => lines.toSpliced(at + 1, 0, indent + line(edits)).join("\n"));
      return;
    }
  }

  async function replace(file: string, from: string, to: string): Promise<void> {
    await change(file, (text) => {
      if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
      return text.replaceAll(from, to);
    });
  }

  return {
    folder,
    git,
    replace,
    dispose,
    startDay: () => touched.clear(),
    async editBodies(count) {
      for (let at = 0; at < count; at++) await insert((edit) => `const attempt${edit} = ${edit};`);
    },
    comment: () => insert((edit) => `// Decided in meeting ${edit}: this stays as it is.`),
    async move(file, to) {
      await rename(join(folder, file), join(folder, to));
      const [from, target] = [file, to].map((name) => `/${name.split("/").at(-1)!.replace(/\.ts$/, "")}'`);
      for (const other of await sources()) {
        const text = await readFile(join(folder, other), "utf8");
        if (text.includes(from!)) await replace(other, from!, target!);
      }
    },
    async add(file) {
      const name = file.split("/").at(-1)!.replace(/\.ts$/, "");
      const importer = random.pick((await sources()).filter((one) => one.includes("/operators/") && !touched.has(one)));
      await mkdir(dirname(join(folder, file)), { recursive: true });
      const body = `  const found = values.filter((value) => value > limit);\n  return found.length;\n`;
      await writeFile(
        join(folder, file),
        `export function ${name}(values: number[], limit: number): number {\n${body}}\n`,
      );
      await change(importer, (text) => `import { ${name} } from '../util/${name}';\n${text}`);
      importers.set(file, importer);
    },
    async remove(file) {
      await rm(join(folder, file));
      await change(importers.get(file)!, (text) => text.slice(text.indexOf("\n") + 1));
    },
    commit(message) {
      git("add", "--all");
      git("commit", "--quiet", "--message", message);
    },
    revert(message) {
      const id = runGit(folder, "log", "--max-count=1", "--format=%H", `--grep=^${message}$`).trim();
      git("revert", "--no-edit", id);
    },
  };
}
