/**
 * Which files differ from a git revision. Only plumbing is used: it runs neither hooks nor text conversion, and what
 * the repository configures as content filters is switched off. A file whose time stamp alone changed is told from a
 * changed one by hashing it here.
 */
import { createHash } from "node:crypto";
import path from "node:path";
import { OnceoverError } from "../../shared/errors.ts";
import { escapeLine } from "../../shared/escapeText.ts";
import { discoverFiles, expandRepositories } from "./discovery.ts";
import type { Git, GitConfig } from "./git.ts";
import { readRegularFile } from "./readRegularFile.ts";

const MAX_DEPTH_OF_REPOSITORIES = 8;
const SUBMODULE_MODE = "160000";

/**
 * Files of `folder` that differ from where HEAD left `revision`, or from `revision` itself where the two have no common
 * history: committed since, staged, unstaged or untracked and not ignored. Deleted files are left out; a renamed one is
 * listed under its new name.
 *
 * @param git undefined where no process may be started
 * @returns paths relative to `folder`, with `/`, sorted by code units
 * @throws OnceoverError `usage` when the revision or the repository is not there, or git may not be run
 */
export async function changedFiles(folder: string, revision: string, git: Git | undefined): Promise<string[]> {
  if (!git) {
    throw usage("Changes are found with git, which is not run in a folder that is not trusted.", "Trust the folder.");
  }
  const base = await baseOf(git, folder, await commitOf(git, folder, revision));
  const changed = (await changedSince(git, folder, base, 0)) ?? cannotCompare(revision);
  return [...new Set(changed)].toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** @throws OnceoverError `usage` when there is no such revision, or no repository */
export async function commitOf(git: Git, folder: string, revision: string): Promise<string> {
  const shown = escapeLine(revision);
  // Git would take it for one of its own options.
  if (revision === "" || revision.startsWith("-") || revision.includes("\0")) {
    throw usage(`${shown || "Nothing"} is not a git revision.`, "Name a branch, a tag or a commit.");
  }
  const answer = await git.run(folder, "rev-parse", "--verify", "--quiet", `${revision}^{commit}`);
  const commit = answer?.toString("utf8").trim();
  if (commit) return commit;
  throw (await noRepository(git, folder)) ?? noRevision(shown);
}

function noRevision(shown: string): OnceoverError {
  return usage(
    `There is no git revision ${shown} here.`,
    "Name a branch, a tag or a commit; a shallow clone has to fetch it first (git fetch).",
  );
}

async function noRepository(git: Git, folder: string): Promise<OnceoverError | undefined> {
  const failure = await git.failure(folder);
  if (!failure) return undefined;
  const shown = escapeLine(folder);
  if (failure.missing) return usage("Changes are found with git, which cannot be run here.", "Install git.");
  const foreign = /dubious ownership in repository at '(.+)'/.exec(failure.message)?.[1];
  if (foreign !== undefined) {
    return usage(
      `git does not trust the repository of ${shown}: it belongs to another user.`,
      `Run: git config --global --add safe.directory ${escapeLine(foreign)}`,
    );
  }
  return usage(`${shown} is in no git repository.`, "Review all of it, or name a folder that is.");
}

function cannotCompare(revision: string): never {
  throw usage(`git cannot compare the files with ${escapeLine(revision)}.`, "Check it with: git status");
}

/** As in a pull request: what happened on the other branch meanwhile is not this one's change. */
async function baseOf(git: Git, folder: string, commit: string): Promise<string> {
  const base = await git.run(folder, "merge-base", commit, "HEAD");
  return base?.toString("utf8").trim() || commit;
}

const DIFF_INDEX = [
  "--raw",
  "-z",
  "--no-renames",
  "--no-abbrev",
  "--no-ext-diff",
  "--no-textconv",
  "--ignore-submodules=dirty",
  "--relative",
];

/** undefined: git cannot compare with it. */
async function changedSince(git: Git, folder: string, base: string, depth: number): Promise<string[] | undefined> {
  const filters = await switchedOffFilters(git, folder);
  const raw = await git.runWith(filters, folder, "diff-index", ...DIFF_INDEX, base, "--", ".");
  const untracked = await git.run(folder, "ls-files", "-z", "--others", "--exclude-standard", "--", ".");
  if (!raw || !untracked) return undefined;
  const entries = parseRaw(raw.toString("utf8"));
  return [
    ...entries.filter((entry) => differs(folder, entry)).map(({ relative }) => relative),
    ...(await changedInSubmodules(git, folder, entries, depth)),
    ...(await expandRepositories(git, folder, splitNul(untracked), depth)),
  ];
}

interface RawEntry {
  readonly oldMode: string;
  readonly newMode: string;
  readonly oldId: string;
  readonly newId: string;
  readonly status: string;
  readonly relative: string;
}

/** `:100644 100644 <id> <id> M\0path\0`, as git-diff-index(1) describes it. */
function parseRaw(raw: string): RawEntry[] {
  const fields = raw.split("\0");
  const entries: RawEntry[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [oldMode = "", newMode = "", oldId = "", newId = "", status = ""] = fields[index]!.slice(1).split(" ");
    entries.push({ oldMode, newMode, oldId, newId, status, relative: fields[index + 1]! });
  }
  return entries;
}

function differs(folder: string, entry: RawEntry): boolean {
  if (entry.status === "D" || entry.newMode === SUBMODULE_MODE) return false;
  // All zeros: the file's stamp is not the index's, and git has not looked at what is in it.
  const isUnread = /^0+$/.test(entry.newId) && entry.oldMode === entry.newMode;
  return !isUnread || blobId(folder, entry.relative, entry.oldId.length) !== entry.oldId;
}

/** A blob's name is the hash of `blob <size>\0<content>`; repositories with 64 digits use SHA-256. */
function blobId(folder: string, relative: string, digits: number): string | undefined {
  try {
    const bytes = readRegularFile(path.join(folder, relative), folder);
    const hash = createHash(digits === 64 ? "sha256" : "sha1");
    return hash.update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
  } catch {
    return undefined;
  }
}

/** What a submodule's own repository says changed since the commit that the base had of it. */
async function changedInSubmodules(
  git: Git,
  folder: string,
  entries: readonly RawEntry[],
  depth: number,
): Promise<string[]> {
  const tracked = await git.run(folder, "ls-files", "-z", "--stage", "--", ".");
  if (!tracked || depth >= MAX_DEPTH_OF_REPOSITORIES) return [];
  const moved = new Map(entries.map((entry) => [entry.relative, entry]));
  const changed: string[] = [];
  for (const line of splitNul(tracked)) {
    if (!line.startsWith(SUBMODULE_MODE)) continue;
    const [facts = "", relative = ""] = line.split("\t", 2);
    const before = moved.get(relative)?.oldId ?? facts.split(" ")[1]!;
    const inner = await changedInSubmodule(git, path.join(folder, relative), before, depth + 1);
    for (const one of inner) changed.push(`${relative}/${one}`);
  }
  return changed;
}

async function changedInSubmodule(git: Git, submodule: string, before: string, depth: number): Promise<string[]> {
  // Not checked out: git would answer for the repository around it.
  if ((await git.run(submodule, "rev-parse", "--show-prefix"))?.toString("utf8").trim() !== "") return [];
  return (await changedSince(git, submodule, before, depth)) ?? discoverFiles(submodule, git);
}

/** Git itself calls a filter when a stamp is too young to be trusted. A person's own configuration keeps its filters. */
export async function switchedOffFilters(git: Git, folder: string): Promise<GitConfig> {
  const listed = await git.run(folder, "config", "-z", "--show-scope", "--name-only", "--get-regexp", "^filter\\.");
  if (!listed) return [];
  const fields = splitNul(listed);
  const names = fields.filter((_, index) => index % 2 === 1 && !/^(global|system)$/.test(fields[index - 1]!));
  const filters = new Set(names.map((name) => name.slice(0, name.lastIndexOf("."))));
  return [...filters].flatMap((filter) => [
    [`${filter}.clean`, ""],
    [`${filter}.process`, ""],
    [`${filter}.required`, "false"],
  ]);
}

function splitNul(output: Buffer): string[] {
  return output.toString("utf8").split("\0").filter(Boolean);
}

function usage(message: string, advice: string): OnceoverError {
  return new OnceoverError("usage", message, { advice });
}
