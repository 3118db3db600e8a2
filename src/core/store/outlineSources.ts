/** The stored outlines of a folder's files, and which file an import stands for. Runs in the store's thread. */
import path from "node:path";
import type { Folder } from "../engine.ts";
import type { OutlineTask } from "../offline/analysis.ts";
import { outlineKey } from "../review/keys.ts";
import type { ContextSources, OutlinedFile } from "../workspace/graph/unitContext.ts";
import { createImportResolver } from "../workspace/imports/importResolver.ts";
import { createPathIndex } from "../workspace/imports/pathIndex.ts";
import type { MeasuredOutline } from "../workspace/outline/outline.ts";
import { outlineLanguage } from "../workspace/outline/outlineLanguages.ts";
import { readRegularFile } from "../workspace/readRegularFile.ts";
import type { SnapshotFile } from "../workspace/snapshot.ts";
import type { Outlines } from "./outlines.ts";

export interface OutlineSourcesInput {
  readonly folder: Folder;
  /** All files of the folder, relative to it, be they part of a plan or not. */
  readonly paths: readonly string[];
  /** The state of one of them; undefined: it is not there. */
  readonly fileAt: (relative: string) => SnapshotFile | undefined;
  readonly outlines: Outlines;
  readonly outlineVersion: string;
}

export interface MeasuredFile extends OutlinedFile {
  readonly outline: MeasuredOutline;
}

export interface OutlineSources {
  readonly sources: ContextSources;
  /** As `sources.find`, with the file's metrics. */
  readonly measured: (relative: string) => MeasuredFile | undefined;
  /** By absolute path: files that were asked for and whose outlines are not stored yet. */
  readonly missing: ReadonlyMap<string, OutlineTask>;
  /** Text of a configuration file of the folder; read once. */
  readonly readConfig: (relative: string) => string | undefined;
  /** How many stored outlines were found so far. */
  readonly found: () => number;
}

const MAX_CONFIGURATION_LENGTH = 1024 * 1024;
/** Outlines are some kilobytes each, and neighbours use the same ones. */
const MAX_KEPT_OUTLINES = 2_000;

export function createOutlineSources(input: OutlineSourcesInput): OutlineSources {
  const { folder, paths, outlines, outlineVersion } = input;
  const readConfig = createConfigurationReader(folder.path);
  const missing = new Map<string, OutlineTask>();
  const kept = new Map<string, MeasuredFile>();
  let foundCount = 0;
  const index = createPathIndex(paths);
  const measured = (relative: string): MeasuredFile | undefined => {
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
    foundCount++;
    if (kept.size >= MAX_KEPT_OUTLINES) kept.clear();
    const found = { language, outline, sizeBytes: file.sizeBytes };
    kept.set(key, found);
    return found;
  };
  const sources: ContextSources = {
    resolver: createImportResolver({ paths, readConfig }),
    inFolder: (relative) => index.inFolder(relative),
    find: (relative) => measured(relative),
  };
  return { sources, measured, missing, readConfig, found: () => foundCount };
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
