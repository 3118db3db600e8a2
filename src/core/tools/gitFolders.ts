/** Where git keeps what its answers hang on. Files are looked at; only the first question is git's own. */
import fs from "node:fs";
import path from "node:path";
import { isInside } from "../workspace/isInside.ts";
import type { Git } from "../workspace/git.ts";

export interface GitFolders {
  /** Of this working tree: HEAD and the index. */
  readonly own: string;
  /** Of all working trees: branches, tags, exclude rules. */
  readonly common: string;
  /** The working tree's uppermost folder. */
  readonly top: string;
}

/** Absolute paths. undefined: git is missing or sees no working tree there. */
export async function findGitFolders(folder: string, git: Git): Promise<GitFolders | undefined> {
  const answer = await git.run(folder, "rev-parse", "--absolute-git-dir", "--git-common-dir", "--show-toplevel");
  const [own, common, top] = answer?.toString("utf8").split("\n") ?? [];
  if (!own || !common || !top) return undefined;
  return { own, common: path.resolve(folder, common), top: path.resolve(top) };
}

/** From the working tree's uppermost folder down to the one above `folder`; none where that is the uppermost itself. */
export function foldersAbove(gitFolders: GitFolders | undefined, folder: string): string[] {
  if (!gitFolders || !isInside(gitFolders.top, folder)) return [];
  const names = path.relative(gitFolders.top, folder).split(path.sep).filter(Boolean);
  return names.map((_, at) => path.join(gitFolders.top, ...names.slice(0, at)));
}

/** Which files there are besides the tracked ones hangs on these. */
export function listingFiles({ own, common }: GitFolders): string[] {
  return [path.join(own, "index"), path.join(common, "info", "exclude")];
}

/** What `git log`, `blame` and `diff` say of HEAD hangs on these, be they there or not. */
export function historyFiles({ own, common }: GitFolders): string[] {
  const head = path.join(own, "HEAD");
  const branch = /^ref: (refs\/[^\0]+)$/.exec(readHead(head))?.[1];
  return [
    head,
    path.join(own, "index"),
    path.join(common, "packed-refs"),
    path.join(common, "reftable", "tables.list"),
    path.join(own, "reftable", "tables.list"),
    path.join(common, "shallow"),
    ...(branch === undefined || branch.split("/").includes("..") ? [] : [path.join(common, branch)]),
  ];
}

function readHead(file: string): string {
  try {
    return fs.readFileSync(file, "utf8").trim();
  } catch {
    return "";
  }
}
