/**
 * One folder of the workspace as tools see it: which files it holds, and a generation that rises when anything in it has
 * changed. No file event is needed for that: whoever asks has the folder looked at, names and stamps, which costs a
 * fraction of reading it or of asking git.
 */
import { hash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { Ignore } from "ignore";
import type { Folder } from "../engine.ts";
import { discoverFiles, readIgnoreFile } from "../workspace/discovery.ts";
import type { Git } from "../workspace/git.ts";
import { mayHoldCredentials } from "../workspace/skipReasons.ts";
import { matcher } from "../workspace/snapshot.ts";
import type { FileVersions } from "./fileVersions.ts";
import { findGitFolders, foldersAbove, listingFiles, type GitFolders } from "./gitFolders.ts";
import { sharedStart } from "./sharedStart.ts";
import { createSlices } from "./slices.ts";
import { walkNames } from "./walkNames.ts";

export interface FolderView {
  /** Rises with every change that was seen. */
  readonly generation: number;
  /** Relative, with `/`, sorted: there, and neither ignored nor denied. */
  readonly files: readonly string[];
  readonly has: (relative: string) => boolean;
  /** Folders that are repositories of their own, relative, with `/` at the end. */
  readonly nested: readonly string[];
}

export interface FolderWatch {
  readonly folder: Folder;
  /** How it is at a moment after the call. */
  look(): Promise<FolderView>;
  /** Absolute paths of the files that decide whether a file is ignored, be they there or not. */
  rulesFor(relative: string): readonly string[];
  /** Whether the file is one of the folder's now; looks at no more than it has to. */
  holds(relative: string): Promise<boolean>;
  /** By name alone: never to be shown, whatever lists it. */
  isDenied(relative: string): boolean;
  /** undefined: no repository, or git may not be run. */
  gitFolders(): Promise<GitFolders | undefined>;
}

export interface FolderWatchOptions {
  readonly folder: Folder;
  /** undefined: no process is started, and the repository's own `.onceoverignore` does not count. */
  readonly git: Git | undefined;
  readonly exclude: readonly string[];
  readonly versions: FileVersions;
}

interface Listing {
  /** Of all names and rules that it was made from. */
  readonly signature: string;
  readonly files: readonly string[];
  readonly nested: readonly string[];
  readonly known: ReadonlySet<string>;
  /** By folder: the versions of its files' rules, taken before the files were listed. */
  readonly proofs: ReadonlyMap<string, string>;
}

export function createFolderWatch({ folder, git, exclude, versions }: FolderWatchOptions): FolderWatch {
  const root = folder.path;
  // Thousands of times a look: joined by hand, as path.join would have it.
  const base = root.endsWith(path.sep) ? root : root + path.sep;
  const isExcluded = matcher(exclude) ?? (() => false);
  let gitFolders: GitFolders | undefined;
  let ownRules: Ignore | undefined;
  let listing: Listing | undefined;
  let state = "";
  let generation = 0;

  const versionOf = (absolute: string) => versions.look(absolute).version;
  const isDenied = (relative: string) =>
    relative !== "" && (mayHoldCredentials(relative) || isExcluded(relative) || (ownRules?.ignores(relative) ?? false));

  const rulesFor = (relative: string) => [
    path.join(root, ".onceoverignore"),
    ...[...foldersAbove(gitFolders, root), ...foldersOf(root, relative)].map((one) => path.join(one, ".gitignore")),
    ...(gitFolders ? listingFiles(gitFolders) : [path.join(root, ".git", "HEAD")]),
  ];

  const findGit = async () => {
    if (gitFolders && !fs.existsSync(gitFolders.own)) gitFolders = undefined;
    gitFolders ??= git && (await findGitFolders(root, git));
    return gitFolders;
  };

  const list = async (signature: string, folders: readonly string[], nested: readonly string[]): Promise<Listing> => {
    const memo = new Map<string, number>();
    const versionOnce = (absolute: string) => {
      const version = memo.get(absolute) ?? versionOf(absolute);
      memo.set(absolute, version);
      return version;
    };
    const proofFor = (parent: string) => rulesFor(`${parent}x`).map(versionOnce).join();
    const proofs = new Map(folders.map((one) => [one, proofFor(one)]));
    ownRules = git && readIgnoreFile(path.join(root, ".onceoverignore"));
    const found = await discoverFiles(root, git);
    const files = found.filter((relative) => !relative.endsWith("/") && !isDenied(relative));
    // Tracked files in folders that are ignored: rules in there do not count.
    for (const parent of files.map(parentOf)) if (!proofs.has(parent)) proofs.set(parent, proofFor(parent));
    return { signature, files, nested, known: new Set(files), proofs };
  };

  const look = async (): Promise<FolderView> => {
    if (!listing) await findGit();
    const pause = createSlices();
    const walked = await walkNames({ root, gitFolders, versionOf, pause });
    const signature = () => `${walked.names}:${rulesFor("x").map(versionOf).join()}`;
    let now = listing;
    if (now?.signature !== signature()) {
      await findGit();
      now = await list(signature(), walked.folders, walked.nested);
      listing = now;
    }
    const seen: number[] = [];
    for (const relative of now.files) {
      seen.push(versionOf(`${base}${relative}`));
      const waiting = pause();
      if (waiting) await waiting;
    }
    const fresh = hash("sha256", `${now.files.join("\0")}\n${seen.join()}`, "hex");
    if (fresh !== state) generation++;
    state = fresh;
    const { nested, known } = now;
    // Git lists what it tracks, be it there or not.
    const files = seen.includes(0) ? now.files.filter((_, at) => seen[at] !== 0) : now.files;
    return { generation, files, nested, has: (relative) => known.has(relative) };
  };

  const shared = sharedStart(look);
  return {
    folder,
    look: shared,
    rulesFor,
    isDenied,
    gitFolders: async () => gitFolders ?? findGit(),
    async holds(relative) {
      const proof = listing?.known.has(relative) ? listing.proofs.get(parentOf(relative)) : undefined;
      if (proof !== undefined && proof === rulesFor(relative).map(versionOf).join()) return true;
      return (await shared()).has(relative);
    },
  };
}

/** "" or with `/` at its end. */
function parentOf(relative: string): string {
  return relative.slice(0, relative.lastIndexOf("/") + 1);
}

/** Of a file: the folder's root first, absolute. */
function foldersOf(root: string, relative: string): string[] {
  const names = relative.split("/").slice(0, -1);
  return [root, ...names.map((_, at) => path.join(root, ...names.slice(0, at + 1)))];
}
