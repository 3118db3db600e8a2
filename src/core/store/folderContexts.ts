/**
 * The signatures that the requests about a folder's files carry. Runs in the store's thread. What a file's came to is
 * remembered, so that an unchanged workspace costs one look at a table, and an edit the edited file and its users.
 */
import path from "node:path";
import type { Folder } from "../engine.ts";
import type { OutlineTask } from "../offline/analysis.ts";
import { outlineKey, sha256 } from "../review/keys.ts";
import {
  unitContext,
  type ContextSources,
  type OutlinedFile,
  type UnitContext,
} from "../workspace/graph/unitContext.ts";
import { createImportResolver } from "../workspace/imports/importResolver.ts";
import { createPathIndex } from "../workspace/imports/pathIndex.ts";
import { outlineLanguage } from "../workspace/outline/outlineLanguages.ts";
import { readRegularFile } from "../workspace/readRegularFile.ts";
import type { SnapshotFile } from "../workspace/snapshot.ts";
import type { KnownContext, Outlines } from "./outlines.ts";

export interface FolderContextsInput {
  readonly folder: Folder;
  /** All files of the folder, relative to it, be they part of this plan or not. */
  readonly paths: readonly string[];
  /** The state of one of them; undefined: it is not there. */
  readonly fileAt: (relative: string) => SnapshotFile | undefined;
  readonly outlines: Outlines;
  readonly outlineVersion: string;
  /** True: all of the folder is planned, and what is remembered is read in one pass. */
  readonly isWhole: boolean;
}

export interface FolderContexts {
  /** sha256 of the file's signatures; "" where it has none. */
  hashOf(file: SnapshotFile): string;
  contextOf(file: SnapshotFile): UnitContext;
  /** Files whose outlines are not stored yet: until they are, the answers above are not final. */
  readonly missing: ReadonlyMap<string, OutlineTask>;
  /** What was worked out anew, by absolute path. */
  readonly worked: ReadonlyMap<string, KnownContext>;
}

const NOTHING: UnitContext = { text: "", symbols: [], consulted: [] };
const CONFIGURATION =
  /(^|\/)((package|composer|jsconfig)\.json|go\.mod|[^/]*tsconfig[^/]*\.json)$|(^|\/)tsconfig\/[^/]+\.json$/;
const MAX_CONFIGURATION_LENGTH = 1024 * 1024;
/** Outlines are some kilobytes each, and neighbours use the same ones. */
const MAX_KEPT_OUTLINES = 2_000;

export function createFolderContexts(input: FolderContextsInput): FolderContexts {
  const { folder, outlines } = input;
  const read = createConfigurationReader(folder.path);
  const state = workspaceState(input, read);
  const known = input.isWhole ? outlines.contextsBelow(folder.path + path.sep) : undefined;
  const missing = new Map<string, OutlineTask>();
  const worked = new Map<string, KnownContext>();
  const made = new Map<string, UnitContext>();
  const sources = createSources(input, read, missing);

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
    contextOf,
    hashOf(file) {
      if (!file.content || !file.language || !outlineLanguage(file.language)) return "";
      const row = remembered(file);
      if (row) return row.contextHash;
      const { text, consulted } = contextOf(file);
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

function createSources(
  input: FolderContextsInput,
  readConfig: (relative: string) => string | undefined,
  missing: Map<string, OutlineTask>,
): ContextSources {
  const { folder, paths, outlines, outlineVersion } = input;
  const kept = new Map<string, OutlinedFile>();
  const index = createPathIndex(paths);
  return {
    resolver: createImportResolver({ paths, readConfig }),
    inFolder: (relative) => index.inFolder(relative),
    find(relative) {
      const file = input.fileAt(relative);
      // What is left out of a review, by a rule of the workspace or as generated, is not sent in parts either.
      if (!file?.content || file.skip !== null || file.kind !== "source") return undefined;
      const { language, content, absolutePath } = file;
      if (!language || !outlineLanguage(language)) return undefined;
      const key = outlineKey(content.hash, language, outlineVersion);
      const before = kept.get(key);
      if (before) return before;
      const outline = outlines.find(key);
      if (!outline) {
        missing.set(absolutePath, { absolutePath, folder: folder.path, language, contentHash: content.hash });
        return undefined;
      }
      if (kept.size >= MAX_KEPT_OUTLINES) kept.clear();
      const found = { language, outline, sizeBytes: file.sizeBytes };
      kept.set(key, found);
      return found;
    },
  };
}

function createConfigurationReader(root: string): (relative: string) => string | undefined {
  const texts = new Map<string, string | undefined>();
  return (relative) => {
    if (!texts.has(relative)) texts.set(relative, readConfiguration(root, relative));
    return texts.get(relative);
  };
}

function readConfiguration(root: string, relative: string): string | undefined {
  try {
    const bytes = readRegularFile(path.join(root, relative), root);
    return bytes.length > MAX_CONFIGURATION_LENGTH ? undefined : bytes.toString("utf8");
  } catch {
    return undefined; // Then it configures nothing.
  }
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
