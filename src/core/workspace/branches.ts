/** The branches that changes can be compared with, as git knows them; nothing is fetched. */
import type { Branch, Folder } from "../engine.ts";
import type { Git } from "./git.ts";

/** Nobody reads further down a list that can be typed into; a mirror may have ten thousand. */
const MOST = 200;

/** NUL cannot stand in a name. `symref` is set where a ref only points to another, as `origin/HEAD` does. */
const FORMAT = "%(refname)%00%(refname:short)%00%(committerdate:unix)%00%(HEAD)%00%(symref)";

/** What most branches are made from, where no server has said which one it is. */
const USUAL = ["origin/main", "origin/master", "main", "master", "develop"];

interface Ref extends Omit<Branch, "isLikelyBase"> {
  readonly fullName: string;
  readonly target: string;
}

/** As `Engine.branches` says, for folders of a trusted workspace. */
export async function listBranches(folders: readonly Folder[], git: Git): Promise<readonly Branch[]> {
  const perFolder = await Promise.all(folders.map((folder) => refsOf(folder.path, git)));
  const [first = [], ...others] = perFolder;
  // A revision has to be there in every folder.
  const shared = first.filter((ref) => others.every((refs) => refs.some(({ name }) => name === ref.name)));
  const base = likelyBase(shared);
  const branches = shared.filter(({ target }) => target === "");
  return branches
    .map(({ name, committedAtMs, isCurrent }) => ({ name, committedAtMs, isCurrent, isLikelyBase: name === base }))
    .toSorted((a, b) => Number(b.isLikelyBase) - Number(a.isLikelyBase) || b.committedAtMs - a.committedAtMs)
    .slice(0, MOST);
}

async function refsOf(folder: string, git: Git): Promise<readonly Ref[]> {
  const listed = await git.run(
    folder,
    "for-each-ref",
    "--sort=-committerdate",
    `--format=${FORMAT}`,
    "--",
    "refs/heads",
    "refs/remotes",
  );
  const lines = listed?.toString("utf8").split("\n").filter(Boolean) ?? [];
  return lines.map((line) => {
    const [fullName = "", name = "", seconds = "", head = "", target = ""] = line.split("\0");
    return { fullName, name, committedAtMs: Number(seconds) * 1_000, isCurrent: head === "*", target };
  });
}

/** The branch that the server calls its main one, else a usual name; never the current one. */
function likelyBase(refs: readonly Ref[]): string | undefined {
  const main = refs.find(({ fullName }) => fullName === "refs/remotes/origin/HEAD")?.target;
  const told = refs.find(({ fullName }) => fullName === main);
  const usual = USUAL.map((name) => refs.find((ref) => ref.name === name && ref.target === "" && !ref.isCurrent));
  return (told ?? usual.find((ref) => ref !== undefined))?.name;
}
