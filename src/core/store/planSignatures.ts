/** For each folder of a plan the signatures that its files' requests carry. */
import type { Folder } from "../engine.ts";
import type { FileContext } from "../review/plan.ts";
import { sha256 } from "../review/keys.ts";
import { discoverFiles } from "../workspace/discovery.ts";
import type { Git } from "../workspace/git.ts";
import { takeSnapshot, type Snapshot, type SnapshotFile } from "../workspace/snapshot.ts";
import { createFolderContexts, type FolderContexts } from "./folderContexts.ts";
import type { IndexedFile } from "./fileIndex.ts";
import type { PlanRequest, WorkspaceContext } from "./plan.ts";
import type { StoreParts } from "./storeParts.ts";

export interface PlanSignatures {
  /** By folder; undefined where nothing is sent to a model, so that nothing has to be known. */
  readonly folders: readonly (FolderContexts | undefined)[];
  /** What was read of files beside those of the plan, for the index. */
  readonly read: readonly IndexedFile[];
}

interface PlannedFolders {
  /** By folder: the files of the plan, relative. */
  readonly listed: readonly (readonly string[])[];
  readonly snapshots: readonly Snapshot[];
  readonly git: Git;
  readonly now: () => number;
}

export async function planSignatures(
  parts: StoreParts,
  request: PlanRequest,
  planned: PlannedFolders,
): Promise<PlanSignatures> {
  if (request.recipe === null) return { folders: request.folders.map(() => undefined), read: [] };
  const isWhole = request.only === null && request.under === null && request.since === null;
  const read: IndexedFile[] = [];
  const folders = request.folders.map(async (folder, at) => {
    // What an import stands for depends on all files that there are, whatever the plan is about.
    const paths = isWhole
      ? planned.listed[at]!
      : await discoverFiles(folder.path, request.trusted ? planned.git : undefined);
    const { outlines } = parts;
    const fileAt = createFileLookup(folder, { paths, snapshot: planned.snapshots[at]! }, (relative) => {
      const one = takeSnapshot(folder, [relative], parts.index, request, planned.now);
      read.push(...one.read);
      return one.files[0];
    });
    return createFolderContexts({ folder, paths, fileAt, outlines, outlineVersion: request.outlineVersion, isWhole });
  });
  return { folders: await Promise.all(folders), read };
}

/** Files beside those of the plan are looked at when they are asked for. */
function createFileLookup(
  folder: Folder,
  { paths, snapshot }: { readonly paths: readonly string[]; readonly snapshot: Snapshot },
  look: (relative: string) => SnapshotFile | undefined,
): (relative: string) => SnapshotFile | undefined {
  const files = new Map<string, SnapshotFile | undefined>();
  for (const file of snapshot.files) files.set(file.path.slice(folder.prefix.length), file);
  const isThere = new Set(paths);
  return (relative) => {
    if (!files.has(relative)) files.set(relative, isThere.has(relative) ? look(relative) : undefined);
    return files.get(relative);
  };
}

export function fileContext(
  file: SnapshotFile,
  workspace: WorkspaceContext,
  folder: FolderContexts | undefined,
  prefix: string,
): FileContext {
  return {
    workspace,
    signaturesHash: () => folder?.hashOf(file) ?? "",
    signatures() {
      const { text, symbols } = folder?.contextOf(file) ?? { text: "", symbols: [] };
      const named = symbols.map((one) => ({
        path: prefix + one.path,
        name: one.name,
        hash: sha256(one.text).slice(0, 8),
      }));
      return { text, symbols: named };
    },
  };
}
