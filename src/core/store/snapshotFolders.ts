/** What a request's folders hold at this moment; contents that were read anew are remembered. */
import type { Git } from "../workspace/git.ts";
import { takeSnapshot, type Snapshot } from "../workspace/snapshot.ts";
import { wantedFiles } from "../workspace/wantedFiles.ts";
import type { IndexedFile } from "./fileIndex.ts";
import type { PlanRequest } from "./store.ts";
import type { StoreParts } from "./storeParts.ts";

export interface FolderSnapshots {
  /** By folder: the files that the request is about, relative. */
  readonly listed: readonly (readonly string[])[];
  readonly snapshots: readonly Snapshot[];
  readonly snapshotMs: number;
}

export async function snapshotFolders(
  parts: StoreParts,
  request: PlanRequest,
  git: Git,
  now: () => number,
): Promise<FolderSnapshots> {
  const startedAt = performance.now();
  const listed = await Promise.all(request.folders.map((folder) => wantedFiles(folder, request, git)));
  const snapshots = request.folders.map((folder, index) => {
    // A few files that were asked for by name are found sooner one by one.
    const known = request.only && !request.under ? parts.index : parts.index.below(folder.path);
    return takeSnapshot(folder, listed[index]!, known, request, now);
  });
  const snapshotMs = performance.now() - startedAt;
  await saveIndex(
    parts,
    snapshots.flatMap((snapshot) => snapshot.read),
  );
  return { listed, snapshots, snapshotMs };
}

export async function saveIndex({ commit, index }: StoreParts, read: readonly IndexedFile[]): Promise<void> {
  if (read.length > 0) await commit(() => index.save(read));
}
