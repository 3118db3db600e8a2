/** Files of the workspace that a folder and a pattern leave. */
import { OnceoverError } from "../../../shared/errors.ts";
import { escapeLine } from "../../../shared/escapeText.ts";
import { matchGlob } from "../matchGlob.ts";
import type { ToolFolder } from "../tool.ts";

export interface ChosenFile {
  /** As reported. */
  readonly path: string;
  readonly relative: string;
  readonly place: ToolFolder;
}

/** Sorted by path. @throws usage for a folder that holds no file of the workspace */
export function chooseFiles(
  places: readonly ToolFolder[],
  { folder, glob }: { readonly folder?: string | undefined; readonly glob?: string | undefined },
): ChosenFile[] {
  const all = places.flatMap((place) =>
    place.view.files.map((relative) => ({ path: place.folder.prefix + relative, relative, place })),
  );
  const inFolder = all.filter(({ path }) => isBelow(path, folder ?? ""));
  if (folder && inFolder.length === 0) {
    throw new OnceoverError("usage", `There are no files in ${escapeLine(folder)}.`, {
      advice: "Name a folder of the workspace that is not ignored.",
    });
  }
  return inFolder
    .filter(({ path }) => glob === undefined || matchGlob(glob, path))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function isBelow(path: string, folder: string): boolean {
  const clean = folder.replace(/^\.(\/|$)/, "").replace(/\/+$/, "");
  return clean === "" || path.startsWith(`${clean}/`);
}
