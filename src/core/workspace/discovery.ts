/** Which files a folder holds: git's view where there is one, else a walk that honours ignore files. */
import fs from "node:fs";
import path from "node:path";
import ignore, { type Ignore } from "ignore";
import type { Git } from "./git.ts";

/** Folders that hold no work of the workspace's own; a walk outside git does not enter them. */
const NEVER_ENTERED = new Set([
  ".git",
  ".hg",
  ".svn",
  "node_modules",
  "__pycache__",
  ".venv",
  ".tox",
  ".mypy_cache",
  ".pytest_cache",
  ".gradle",
  ".idea",
  ".vs",
  ".cache",
]);

const MAX_DEPTH_OF_REPOSITORIES = 8;

/**
 * Paths relative to `folder`, with `/`, sorted by code units so that every machine sees the same order. A path that
 * ends with `/` is a folder that cannot be entered: what it may hold must not silently count as reviewed.
 * @param git undefined in untrusted workspaces, where no process is started
 */
export async function discoverFiles(folder: string, git: Git | undefined): Promise<string[]> {
  const found = (git && (await listWithGit(git, folder, 0))) ?? walk(folder);
  return [...new Set(found)].toSorted(compare);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

async function listWithGit(git: Git, folder: string, depth: number): Promise<string[] | undefined> {
  const [tracked, others] = await Promise.all([
    git.run(folder, "ls-files", "-z", "--stage", "--", "."),
    git.list(folder, "ls-files", "-z", "--others", "--exclude-standard", "--", "."),
  ]);
  if (!tracked || !others) return undefined;
  const { files, submodules } = parseStages(tracked);
  const untracked = splitNul(others.stdout);
  const isEmpty = files.length + submodules.length + untracked.length === 0;
  // A folder that a repository around it ignores (a package under node_modules, say) is asked for by name: walk it.
  if (isEmpty && (await git.run(folder, "check-ignore", "-q", "--", ".")) !== undefined) return undefined;
  return [
    ...files,
    ...(await expandRepositories(git, folder, [...submodules.map((name) => `${name}/`), ...untracked], depth)),
    ...foldersNotEntered(folder, others.stderr),
  ];
}

const SUBMODULE_MODE = "160000";

/** `<mode> <object> <stage>\t<path>`; a path with a merge conflict has several stages. */
function parseStages(output: Buffer): { files: string[]; submodules: string[] } {
  const files: string[] = [];
  const submodules: string[] = [];
  for (const line of splitNul(output)) {
    const name = line.slice(line.indexOf("\t") + 1);
    (line.startsWith(SUBMODULE_MODE) ? submodules : files).push(name);
  }
  return { files, submodules };
}

function splitNul(output: Buffer): string[] {
  return output.toString("utf8").split("\0").filter(Boolean);
}

function foldersNotEntered(folder: string, stderr: Buffer): string[] {
  const lines = stderr.toString("utf8").split("\n");
  return lines.flatMap((line) => {
    let name = /^warning: could not open directory '(.+?)(?:\/?': .*)?$/.exec(line)?.[1];
    // Git cuts long lines off: then it is the nearest folder that is there.
    while (name !== undefined && name !== "." && !isFolder(path.join(folder, name))) name = path.posix.dirname(name);
    return name === undefined ? [] : `${name}/`;
  });
}

/**
 * Nested repositories are listed by git as one entry, with `/` at its end: their files are listed in their own turn.
 * @returns paths relative to `folder`; the entry itself where it is a file
 */
export async function expandRepositories(
  git: Git,
  folder: string,
  entries: readonly string[],
  depth = 0,
): Promise<string[]> {
  const files: string[] = [];
  for (const entry of entries) {
    if (!entry.endsWith("/")) files.push(entry);
    else if (isFolder(path.join(folder, entry))) {
      for (const inner of await listNested(git, path.join(folder, entry), depth)) files.push(entry + inner);
    }
  }
  return files;
}

async function listNested(git: Git, folder: string, depth: number): Promise<string[]> {
  if (depth >= MAX_DEPTH_OF_REPOSITORIES) return [];
  const isRepository = fs.existsSync(path.join(folder, ".git"));
  return (isRepository ? await listWithGit(git, folder, depth + 1) : undefined) ?? walk(folder);
}

function isFolder(absolute: string): boolean {
  return fs.lstatSync(absolute, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

interface IgnoreRule {
  /** Where its file lies, relative to the walked folder, with a trailing `/` unless empty. */
  readonly prefix: string;
  readonly matcher: Pick<Ignore, "test">;
}

export interface WalkedFolder {
  /** Relative to the walked folder, with a trailing `/` unless empty. */
  readonly prefix: string;
  /** undefined: it cannot be read. */
  readonly entries: readonly fs.Dirent[] | undefined;
  /** That hold for its entries. */
  readonly rules: readonly IgnoreRule[];
}

export interface WalkOptions {
  /** Names of folders that are not entered. */
  readonly neverEntered?: ReadonlySet<string>;
  /** That hold before those of the folder's own ignore files. */
  readonly rules?: readonly IgnoreRule[];
}

function walk(folder: string): string[] {
  const files: string[] = [];
  for (const { prefix, entries, rules } of walkFolders(folder)) {
    // It is listed itself, so that what it may hold does not silently count as reviewed.
    if (!entries) files.push(prefix || "./");
    for (const entry of entries ?? []) {
      const relative = prefix + entry.name;
      if (!entry.isDirectory() && !isIgnored(relative, rules)) files.push(relative);
    }
  }
  return files;
}

/** Every folder that no ignore file leaves out, one at a time. */
export function* walkFolders(folder: string, options: WalkOptions = {}): Generator<WalkedFolder> {
  const { neverEntered = NEVER_ENTERED } = options;
  const pending: Pick<WalkedFolder, "prefix" | "rules">[] = [{ prefix: "", rules: options.rules ?? [] }];
  for (let level = pending.pop(); level; level = pending.pop()) {
    const entries = readFolder(path.join(folder, level.prefix));
    const rules = entries ? withRulesOf(folder, level, entries) : level.rules;
    yield { prefix: level.prefix, entries, rules };
    for (const entry of entries ?? []) {
      const relative = `${level.prefix}${entry.name}/`;
      if (!entry.isDirectory() || neverEntered.has(entry.name) || isIgnored(relative, rules)) continue;
      pending.push({ prefix: relative, rules });
    }
  }
}

/** undefined: it is there and cannot be read. One that has vanished meanwhile is empty. */
function readFolder(absolute: string): fs.Dirent[] | undefined {
  try {
    return fs.readdirSync(absolute, { withFileTypes: true });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? [] : undefined;
  }
}

function withRulesOf(
  folder: string,
  level: Pick<WalkedFolder, "prefix" | "rules">,
  entries: readonly fs.Dirent[],
): WalkedFolder["rules"] {
  if (!entries.some((entry) => entry.name === ".gitignore" && entry.isFile())) return level.rules;
  const matcher = readIgnoreFile(path.join(folder, level.prefix, ".gitignore"));
  return matcher ? [...level.rules, { prefix: level.prefix, matcher }] : level.rules;
}

function isIgnored(relative: string, rules: WalkedFolder["rules"]): boolean {
  let ignored = false;
  for (const { prefix, matcher } of rules) {
    const verdict = matcher.test(relative.slice(prefix.length));
    if (verdict.ignored) ignored = true;
    else if (verdict.unignored) ignored = false;
  }
  return ignored;
}

/** Ignore files are read up to 1 MB; undefined when there is none. */
export function readIgnoreFile(absolute: string): Ignore | undefined {
  try {
    const stats = fs.lstatSync(absolute);
    if (!stats.isFile() || stats.size > 1024 * 1024) return undefined;
    return ignore().add(fs.readFileSync(absolute, "utf8"));
  } catch {
    return undefined;
  }
}
