/** What a request's folders hold at this moment; contents that were read anew are remembered. */
import type { Git } from "../workspace/git.ts";
import { statFiles, takeSnapshot, type FileStats, type Snapshot } from "../workspace/snapshot.ts";
import { wantedFiles } from "../workspace/wantedFiles.ts";
import type { IndexedFile } from "./fileIndex.ts";
import type { PlanRequest } from "./plan.ts";
import type { StoreParts } from "./storeParts.ts";

/** What the folders hold by name and stamp: no content has been looked at. */
export interface ListedFolders {
  /** By folder: the files that the request is about, relative. */
  readonly listed: readonly (readonly string[])[];
  /** As `listed`. */
  readonly stats: readonly (readonly FileStats[])[];
}

export async function listFolders({ folders, ...request }: PlanRequest, git: Git): Promise<ListedFolders> {
  const listed = await Promise.all(folders.map((folder) => wantedFiles(folder, request, git)));
  return { listed, stats: folders.map((folder, at) => statFiles(folder, listed[at]!)) };
}

export async function snapshotFolders(
  parts: StoreParts,
  request: PlanRequest,
  { listed, stats }: ListedFolders,
  now: () => number,
): Promise<readonly Snapshot[]> {
  const snapshots = request.folders.map((folder, at) => {
    // A few files that were asked for by name are found sooner one by one.
    const known = request.only && !request.under ? parts.index : parts.index.below(folder.path);
    return takeSnapshot(folder, listed[at]!, known, request, now, [...stats[at]!]);
  });
  await saveIndex(
    parts,
    snapshots.flatMap((snapshot) => snapshot.read),
  );
  return snapshots;
}

export async function saveIndex({ commit, index }: StoreParts, read: readonly IndexedFile[]): Promise<void> {
  if (read.length > 0) await commit(() => index.save(read));
}
