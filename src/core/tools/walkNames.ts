/** The names in a folder, as one text that tells whether files may have come or gone since. */
import { createHash } from "node:crypto";
import path from "node:path";
import { readIgnoreFile, walkFolders, type WalkOptions } from "../workspace/discovery.ts";
import { foldersAbove, type GitFolders } from "./gitFolders.ts";

export interface NamesInput {
  readonly root: string;
  readonly gitFolders: GitFolders | undefined;
  readonly versionOf: (absolutePath: string) => number;
  readonly pause: () => Promise<void> | undefined;
}

export interface Names {
  /** Of all names in all folders that are not ignored, and of the rules that were met. */
  readonly names: string;
  /** Relative, with `/` at the end; "" for the root. */
  readonly folders: readonly string[];
  /** Those that are repositories of their own. */
  readonly nested: readonly string[];
}

/** Git lists what else is there, unless a rule leaves it out. */
const GIT_ALONE: ReadonlySet<string> = new Set([".git"]);

export async function walkNames({ root, gitFolders, versionOf, pause }: NamesInput): Promise<Names> {
  const digest = createHash("sha256");
  const folders: string[] = [];
  const nested: string[] = [];
  const options: WalkOptions = gitFolders ? { neverEntered: GIT_ALONE, rules: rulesAround(gitFolders, root) } : {};
  for (const { prefix, entries } of walkFolders(root, options)) {
    const names = (entries ?? []).map(
      (one) => `${one.name}${one.isDirectory() ? "/" : one.isSymbolicLink() ? "@" : ""}`,
    );
    folders.push(prefix);
    digest.update(`${prefix}\0${entries ? names.toSorted().join("\0") : "closed"}\n`);
    if (names.includes(".gitignore")) digest.update(`${versionOf(path.join(root, prefix, ".gitignore"))}\n`);
    if (prefix !== "" && (names.includes(".git/") || names.includes(".git"))) {
      nested.push(prefix);
      digest.update(`${versionOf(path.join(root, prefix, ".git", "index"))}\n`);
    }
    const waiting = pause();
    if (waiting) await waiting;
  }
  return { names: digest.digest("hex"), folders, nested };
}

/** Rules outside the folder that hold in it, so that what they leave out is not walked in vain. */
function rulesAround(gitFolders: GitFolders, root: string): NonNullable<WalkOptions["rules"]> {
  const above = foldersAbove(gitFolders, root).map((base) => ({ file: path.join(base, ".gitignore"), base }));
  const excluded = { file: path.join(gitFolders.common, "info", "exclude"), base: gitFolders.top };
  return [excluded, ...above].flatMap(({ file, base }) => {
    const rules = readIgnoreFile(file);
    const offset = path.relative(base, root).split(path.sep).join("/");
    // The folder was opened by another name than git's, or is itself left out and walked all the same.
    if (!rules || offset.startsWith("..") || (offset !== "" && rules.test(`${offset}/`).ignored)) return [];
    return [{ prefix: "", matcher: { test: (one: string) => rules.test(offset === "" ? one : `${offset}/${one}`) } }];
  });
}
