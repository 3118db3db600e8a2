/** Which files may hold a text: git knows soonest. It only narrows down; what it names is then read as any other file. */
import type { Git } from "../../workspace/git.ts";
import { createGit } from "../../workspace/git.ts";
import type { ChosenFile } from "./chosenFiles.ts";
import type { TextPattern } from "./findText.ts";

/** Sorted as before. Where git is of no help, all of them. */
export async function grepFiles(
  files: readonly ChosenFile[],
  pattern: TextPattern,
  signal: AbortSignal,
): Promise<readonly ChosenFile[]> {
  const places = new Set(files.map(({ place }) => place));
  const named = new Map<ChosenFile["place"], ReadonlySet<string> | undefined>();
  const git = createGit(signal);
  for (const place of places)
    named.set(place, place.mayRunGit ? await grep(git, place.folder.path, pattern) : undefined);
  return files.filter(({ place, relative }) => {
    const found = named.get(place);
    if (!found || found.has(relative)) return true;
    // Git does not look into repositories within this one.
    return place.view.nested.some((one) => relative.startsWith(one));
  });
}

/** undefined: it cannot be told. */
async function grep(git: Git, folder: string, { query, isExact }: TextPattern): Promise<Set<string> | undefined> {
  const listed = await git.grep(
    folder,
    "--untracked",
    "--no-recurse-submodules",
    "--no-full-name",
    "--no-textconv",
    "--no-color",
    "--fixed-strings",
    ...(isExact ? [] : ["--ignore-case"]),
    "--files-with-matches",
    "--null",
    "-e",
    query,
    "--",
    ".",
  );
  return listed && new Set(listed.toString("utf8").split("\0").filter(Boolean));
}
