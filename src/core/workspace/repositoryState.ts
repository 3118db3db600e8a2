/**
 * What git says of a folder's files, as one hash: the same one before and after means that none of them has changed.
 * Git looks at ten thousand stamps in the time that this process needs for its own start, so nothing is looked at here
 * but what git calls changed or does not know. It is asked for stamps alone: it reads no file and starts no filter.
 */
import { hash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { Git, GitConfig } from "./git.ts";
import { mayBeRacy, newestMs, stampOf } from "./stamps.ts";

export interface Repository {
  /** Absolute: what git says holds for as long as these are as they are. */
  readonly files: readonly string[];
  /** Absolute: where a repository would begin, from the folder up; a new one inside would answer in this one's place. */
  readonly marks: readonly string[];
}

/** Relative to the folder. */
export interface Differences {
  /** Whose stamp is not the index's. */
  readonly changed: readonly string[];
  /** Neither in the index nor ignored. */
  readonly untracked: readonly string[];
}

/** Shape a review and may stand there without being listed: rules, dismissals, a baseline, what the prompt tells. */
const BESIDE = [".onceoverignore", "package.json", "pyproject.toml", "requirements.txt", "go.mod"];
const OWN_FOLDER = ".onceover";
const MOST_OWN_FILES = 1_000;

/** Whoever has told git to look less closely has not told us. */
const STRICT: GitConfig = [
  ["core.trustctime", "true"],
  ["core.checkStat", "default"],
];

/** undefined: git has no answer. Ask only where `stampsOf` is as it was, or `openRepository` has looked. */
export async function findDifferences(folder: string, git: Git): Promise<Differences | undefined> {
  const options = ["-z", "--name-only", "--relative", "--no-ext-diff", "--ignore-submodules=all"];
  const [changed, untracked] = await Promise.all([
    git.runWith(STRICT, folder, "diff-files", ...options, "--", "."),
    git.list(folder, "ls-files", "-z", "--others", "--exclude-standard", "--", "."),
  ]);
  // A folder that cannot be entered may hold anything.
  if (!changed || !untracked || untracked.stderr.length > 0) return undefined;
  return { changed: splitNul(changed), untracked: splitNul(untracked.stdout) };
}

/** Where they are the same, git's settings are, and its answers are about the same repository. */
export function stampsOf({ files, marks }: Repository): string {
  const inodes = marks.map((mark) => `${mark}\0${statsOf(mark)?.ino ?? ""}`);
  return hash("sha256", [...files.map(line), ...inodes].join("\0"), "hex");
}

/**
 * Call it when git has answered: an index that was written meanwhile gives another hash.
 * @param nowMs wall clock; given, the answer is undefined also where a file may change once more without its stamp
 */
export function hashOfState(
  folder: string,
  repository: Repository,
  { changed, untracked }: Differences,
  nowMs?: number,
): string | undefined {
  // What is in a repository inside it, git does not tell.
  if (untracked.some((relative) => relative.endsWith("/"))) return undefined;
  const named = (relatives: readonly string[]) => relatives.map((relative) => path.join(folder, relative));
  const own = ownFiles(path.join(folder, OWN_FOLDER));
  const beside = named(BESIDE);
  if (!own || beside.some((file) => statsOf(file)?.isSymbolicLink())) return undefined;
  const looked = [...beside, ...own, ...named(changed), "", ...named(untracked)];
  if (nowMs !== undefined && [...repository.files, ...looked].some((file) => isYoung(file, nowMs))) return undefined;
  return hash("sha256", [stampsOf(repository), ...looked.map(line)].join("\0"), "hex");
}

function line(file: string): string {
  const stats = statsOf(file);
  return `${file}\0${stats ? stampOf(stats) : ""}`;
}

function isYoung(file: string, nowMs: number): boolean {
  const stats = statsOf(file);
  return stats !== undefined && mayBeRacy(newestMs(stats), nowMs);
}

function statsOf(file: string): fs.BigIntStats | undefined {
  return file === "" ? undefined : fs.lstatSync(file, { bigint: true, throwIfNoEntry: false });
}

/**
 * The folder itself and all that is in it. Not followed and not told: a link, which may lead anywhere or in a circle, and
 * more than anybody has written for it.
 */
function ownFiles(root: string): string[] | undefined {
  const stats = statsOf(root);
  if (!stats) return [];
  if (!stats.isDirectory()) return stats.isSymbolicLink() ? undefined : [root];
  const found = [root];
  for (const folder of found) {
    if (!statsOf(folder)?.isDirectory()) continue;
    const entries = fs.readdirSync(folder, { withFileTypes: true });
    if (entries.some((entry) => entry.isSymbolicLink()) || found.length + entries.length > MOST_OWN_FILES)
      return undefined;
    found.push(...entries.map(({ name }) => path.join(folder, name)).toSorted());
  }
  return found;
}

/**
 * undefined: git's word is not enough for this folder. It does not look into submodules, and passes over what it was
 * told to (sparse checkouts, `assume-unchanged`); what the repository configures for itself could start programs.
 */
export async function openRepository(folder: string, git: Git): Promise<Repository | undefined> {
  const [tracked, own, where] = await Promise.all([
    git.run(folder, "ls-files", "-z", "-v", "--stage", "--", "."),
    git.run(folder, "config", "-z", "--show-scope", "--name-only", "--list"),
    git.run(folder, "rev-parse", "--absolute-git-dir", "--git-common-dir", "--show-toplevel", "--show-prefix"),
  ]);
  if (!tracked || !own || !where || !isPlain(splitNul(tracked)) || startsPrograms(splitNul(own))) return undefined;
  const lines = where.toString("utf8").split("\n");
  const [gitFolder, common, root, prefix] = lines;
  // A name with a line's end in it is more lines.
  if (lines.length !== 5 || !gitFolder || !common || !root || prefix === undefined) return undefined;
  const real = fs.realpathSync(folder);
  // Git may be told that its files lie elsewhere.
  if (path.join(root, prefix, ".") !== real) return undefined;
  const settings = path.join(path.resolve(folder, common), "config");
  const files = [path.join(gitFolder, "index"), path.join(gitFolder, "config.worktree"), settings];
  return { files, marks: marksUpTo(root, real) };
}

function marksUpTo(root: string, folder: string): string[] {
  const marks = [path.join(folder, ".git")];
  for (let at = folder; at !== root && path.dirname(at) !== at;) {
    at = path.dirname(at);
    marks.push(path.join(at, ".git"));
  }
  return marks;
}

/** `H <mode> <object> <stage>\t<path>`: H is for what git looks at. A folder around which all is ignored has none. */
function isPlain(lines: readonly string[]): boolean {
  return lines.length > 0 && lines.every((one) => one.startsWith("H 100") || one.startsWith("H 120"));
}

/** `scope\0name\0…`; what a partial clone lacks would be fetched by what the repository says. */
const OF_ITS_OWN = /^(filter\.|include|extensions\.partialclone$|remote\..*\.promisor$)/i;

function startsPrograms(fields: readonly string[]): boolean {
  return fields.some((name, at) => {
    const scope = fields[at - 1];
    return at % 2 === 1 && (scope === "local" || scope === "worktree") && OF_ITS_OWN.test(name);
  });
}

function splitNul(output: Buffer): string[] {
  return output.toString("utf8").split("\0").filter(Boolean);
}
