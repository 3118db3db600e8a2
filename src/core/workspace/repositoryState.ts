/**
 * What git says of a folder's files, as one hash: the same one before and after means that none of them has changed.
 * Git looks at ten thousand stamps in the time that this process needs for its own start, so nothing is looked at here
 * but what git calls changed or does not know.
 */
import { hash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { Git, GitConfig } from "./git.ts";
import { mayBeRacy, newestMs, stampOf } from "./stamps.ts";

export interface Repository {
  /** Absolute: where the working tree begins. */
  readonly root: string;
  /** Absolute: what git says holds for as long as these are as they are. */
  readonly files: readonly string[];
}

/** Relative to the repository's root. */
export interface Differences {
  /** Whose content or stamp is not the index's. */
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

const STATUS = ["--porcelain", "-z", "--untracked-files=all", "--no-renames", "--ignore-submodules=all", "--", "."];

const pathOf = (line: string) => line.slice("XY ".length);

/** undefined: git has no answer. */
export async function findDifferences(folder: string, git: Git): Promise<Differences | undefined> {
  const status = await git.listWith(STRICT, folder, "status", ...STATUS);
  // A folder that cannot be entered may hold anything.
  if (!status || status.stderr.length > 0) return undefined;
  // `XY path`: X compares the index with the last commit, Y the working tree with the index.
  const lines = splitNul(status.stdout);
  const untracked = lines.filter((line) => line.startsWith("??"));
  const changed = lines.filter((line) => line[1] !== " " && line[1] !== "?");
  return { changed: changed.map(pathOf), untracked: untracked.map(pathOf) };
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
  const named = (relatives: readonly string[]) => relatives.map((relative) => path.join(repository.root, relative));
  const own = ownFiles(path.join(folder, OWN_FOLDER));
  if (!own) return undefined;
  const beside = BESIDE.map((relative) => path.join(folder, relative));
  if (beside.some(isLink)) return undefined;
  const lines: string[] = [];
  for (const file of [...repository.files, ...beside, ...own, ...named(changed), "", ...named(untracked)]) {
    const stats = file === "" ? undefined : fs.lstatSync(file, { bigint: true, throwIfNoEntry: false });
    if (stats && nowMs !== undefined && mayBeRacy(newestMs(stats), nowMs)) return undefined;
    lines.push(`${file}\0${stats ? stampOf(stats) : ""}`);
  }
  return hash("sha256", lines.join("\0"), "hex");
}

function isLink(file: string): boolean {
  return fs.lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

/**
 * The folder itself and all that is in it. Not followed and not told: a link, which may lead anywhere or in a circle, and
 * more than anybody has written for it.
 */
function ownFiles(root: string): string[] | undefined {
  const stats = fs.lstatSync(root, { throwIfNoEntry: false });
  if (!stats) return [];
  if (!stats.isDirectory()) return stats.isSymbolicLink() ? undefined : [root];
  const found = [root];
  for (const folder of found) {
    if (!fs.lstatSync(folder).isDirectory()) continue;
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
    git.run(folder, "rev-parse", "--absolute-git-dir", "--git-common-dir", "--show-toplevel"),
  ]);
  if (!tracked || !own || !where || !isPlain(splitNul(tracked)) || startsPrograms(splitNul(own))) return undefined;
  const [gitFolder, common, root] = where.toString("utf8").split("\n");
  if (!gitFolder || !common || !root) return undefined;
  const settings = path.join(path.resolve(folder, common), "config");
  return { root, files: [path.join(gitFolder, "index"), path.join(gitFolder, "config.worktree"), settings] };
}

/** `H <mode> <object> <stage>\t<path>`: H is for what git looks at. A folder around which all is ignored has none. */
function isPlain(lines: readonly string[]): boolean {
  return lines.length > 0 && lines.every((line) => line.startsWith("H 100") || line.startsWith("H 120"));
}

/** `scope\0name\0…` */
function startsPrograms(fields: readonly string[]): boolean {
  return fields.some((name, at) => {
    const scope = fields[at - 1];
    return at % 2 === 1 && (scope === "local" || scope === "worktree") && /^(filter\.|include)/i.test(name);
  });
}

function splitNul(output: Buffer): string[] {
  return output.toString("utf8").split("\0").filter(Boolean);
}
