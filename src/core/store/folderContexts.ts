/**
 * The signatures that the requests about a folder's files carry. Runs in the store's thread. What a file's came to is
 * remembered, so that an unchanged workspace costs one look at a table, and an edit the edited file and its users.
 */
import path from "node:path";
import type { OutlineTask } from "../offline/analysis.ts";
import { sha256 } from "../review/keys.ts";
import { unitContext, type UnitContext } from "../workspace/graph/unitContext.ts";
import type { MeasuredOutline } from "../workspace/outline/outline.ts";
import { outlineLanguage } from "../workspace/outline/outlineLanguages.ts";
import type { SnapshotFile } from "../workspace/snapshot.ts";
import type { KnownContext } from "./outlines.ts";
import { createOutlineSources, type OutlineSourcesInput } from "./outlineSources.ts";

export interface FolderContextsInput extends OutlineSourcesInput {
  /** True: all of the folder is planned, and what is remembered is read in one pass. */
  readonly isWhole: boolean;
}

export interface FolderContexts {
  /** sha256 of the file's signatures; "" where it has none. */
  hashOf(file: SnapshotFile): string;
  contextOf(file: SnapshotFile): UnitContext;
  /** undefined: of its language there is none, or it is not stored yet. */
  outlineOf(file: SnapshotFile): MeasuredOutline | undefined;
  /** Files whose outlines are not stored yet: until they are, the answers above are not final. */
  readonly missing: ReadonlyMap<string, OutlineTask>;
  /** What was worked out anew, by absolute path. */
  readonly worked: ReadonlyMap<string, KnownContext>;
  counts(): FolderCounts;
}

/** How often something was asked for so far. */
export interface FolderCounts {
  readonly contexts: number;
  /** Of them worked out anew, and how long that took. */
  readonly worked: number;
  readonly workedMs: number;
  /** Stored outlines that were found. */
  readonly outlines: number;
}

const NOTHING: UnitContext = { text: "", symbols: [], consulted: [] };
const CONFIGURATION =
  /(^|\/)((package|composer|jsconfig)\.json|go\.mod|[^/]*tsconfig[^/]*\.json)$|(^|\/)tsconfig\/[^/]+\.json$/;

export function createFolderContexts(input: FolderContextsInput): FolderContexts {
  const { folder, outlines } = input;
  const { sources, measured, missing, readConfig, found } = createOutlineSources(input);
  const state = workspaceState(input, readConfig);
  const known = input.isWhole ? outlines.contextsBelow(folder.path + path.sep) : undefined;
  const worked = new Map<string, KnownContext>();
  const made = new Map<string, UnitContext>();
  let contexts = 0;
  let workedMs = 0;

  const contextOf = (file: SnapshotFile): UnitContext => {
    const before = made.get(file.absolutePath);
    if (before) return before;
    const relative = file.path.slice(folder.prefix.length);
    const own = sources.find(relative);
    const context = own ? unitContext(relative, own, sources) : NOTHING;
    made.set(file.absolutePath, context);
    return context;
  };

  /** undefined: nothing is remembered, or what it was made from has changed. */
  const remembered = (file: SnapshotFile): KnownContext | undefined => {
    const row = known ? known.get(file.absolutePath) : outlines.context(file.absolutePath);
    if (!row || row.state !== state || row.contentHash !== file.content?.hash) return undefined;
    const isSame = row.consulted.every(([relative, hash]) => (input.fileAt(relative)?.content?.hash ?? "") === hash);
    return isSame ? row : undefined;
  };

  return {
    missing,
    worked,
    counts: () => ({ contexts, worked: worked.size, workedMs, outlines: found() }),
    contextOf,
    outlineOf: (file) => measured(file.path.slice(folder.prefix.length))?.outline,
    hashOf(file) {
      if (!file.content || !file.language || !outlineLanguage(file.language)) return "";
      contexts++;
      const row = remembered(file);
      if (row) return row.contextHash;
      const startedMs = performance.now();
      const { text, consulted } = contextOf(file);
      workedMs += performance.now() - startedMs;
      const contextHash = text === "" ? "" : sha256(text);
      worked.set(file.absolutePath, {
        contentHash: file.content.hash,
        state,
        consulted: consulted.map((relative) => [relative, input.fileAt(relative)?.content?.hash ?? ""] as const),
        contextHash,
      });
      return contextHash;
    },
  };
}

/** All that decides which file an import stands for. */
function workspaceState(
  { paths, outlineVersion }: FolderContextsInput,
  read: (relative: string) => string | undefined,
): string {
  const configuration = paths
    .filter((relative) => CONFIGURATION.test(relative))
    .map((relative) => read(relative) ?? "");
  return sha256(JSON.stringify([outlineVersion, paths, configuration]));
}
