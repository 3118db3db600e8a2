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
 * Paths relative to `folder`, with `/`, sorted by code units so that every machine sees the same order.
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
  const kinds = ["--cached", "--others", "--exclude-standard", "--deduplicate"];
  const answer = await git.list(folder, "ls-files", "-z", ...kinds, "--", ".");
  if (answer === undefined) return undefined;
  const listed = answer.stdout.toString("utf8").split("\0").filter(Boolean);
  // A folder that a repository around it ignores (a package under node_modules, say) is asked for by name: walk it.
  if (listed.length === 0 && (await git.run(folder, "check-ignore", "-q", "--", ".")) !== undefined) return undefined;
  return [...(await expandRepositories(git, folder, listed, depth)), ...foldersNotEntered(folder, answer.stderr)];
}

/** Listed themselves, so that what they may hold does not silently count as reviewed. */
function foldersNotEntered(folder: string, stderr: Buffer): string[] {
  const lines = stderr.toString("utf8").split("\n");
  return lines.flatMap((line) => {
    let name = /^warning: could not open directory '(.+?)(?:\/?': .*)?$/.exec(line)?.[1];
    // Git cuts long lines off: then it is the nearest folder that is there.
    while (name !== undefined && name !== "." && !isFolder(path.join(folder, name))) name = path.posix.dirname(name);
    return name ?? [];
  });
}

/**
 * Nested repositories and submodules are listed by git as one entry: their files are listed in their own turn.
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
    const name = entry.endsWith("/") ? entry.slice(0, -1) : entry;
    const absolute = path.join(folder, name);
    if (isFolder(absolute)) {
      for (const inner of await listNested(git, absolute, depth)) files.push(`${name}/${inner}`);
    } else if (!entry.endsWith("/")) files.push(entry);
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

interface Level {
  /** Relative to the walked folder, with a trailing `/` unless empty. */
  readonly prefix: string;
  readonly rules: readonly { readonly prefix: string; readonly matcher: Ignore }[];
}

function walk(folder: string): string[] {
  const files: string[] = [];
  const pending: Level[] = [{ prefix: "", rules: [] }];
  for (let level = pending.pop(); level; level = pending.pop()) {
    const entries = readFolder(path.join(folder, level.prefix));
    if (!entries) {
      // It is listed itself, so that what it may hold does not silently count as reviewed.
      files.push(level.prefix.slice(0, -1) || ".");
      continue;
    }
    const rules = withRulesOf(folder, level, entries);
    for (const entry of entries) {
      const relative = level.prefix + entry.name;
      if (entry.isDirectory()) {
        if (NEVER_ENTERED.has(entry.name) || isIgnored(`${relative}/`, rules)) continue;
        pending.push({ prefix: `${relative}/`, rules });
      } else if (!isIgnored(relative, rules)) files.push(relative);
    }
  }
  return files;
}

/** undefined: it is there and cannot be read. One that has vanished meanwhile is empty. */
function readFolder(absolute: string): fs.Dirent[] | undefined {
  try {
    return fs.readdirSync(absolute, { withFileTypes: true });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? [] : undefined;
  }
}

function withRulesOf(folder: string, level: Level, entries: readonly fs.Dirent[]): Level["rules"] {
  if (!entries.some((entry) => entry.name === ".gitignore" && entry.isFile())) return level.rules;
  const matcher = readIgnoreFile(path.join(folder, level.prefix, ".gitignore"));
  return matcher ? [...level.rules, { prefix: level.prefix, matcher }] : level.rules;
}

function isIgnored(relative: string, rules: Level["rules"]): boolean {
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
