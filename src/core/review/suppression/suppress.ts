/**
 * What is known and therefore not shown: dismissed by a person, ignored by a comment in the code, or part of the
 * baseline. It is applied to findings alone: no key and no prompt depends on it.
 */
import { LRUCache } from "lru-cache";
import type { Dismissal } from "../../../shared/dismissal.ts";
import type { Finding } from "../../../shared/report.ts";
import type { Folder } from "../../engine.ts";
import type { PlannedFile } from "../../store/plan.ts";
import { decodeText } from "../../workspace/decodeText.ts";
import { readRegularFile } from "../../workspace/readRegularFile.ts";
import type { Baseline } from "./baseline.ts";
import { createDismissedCheck } from "./dismissed.ts";
import { INLINE_MARK, readInlineComments, type InlineComments } from "./inlineComments.ts";

export type SuppressedBy = "dismissed" | "inline" | "baseline";

export interface HiddenFinding {
  readonly finding: Finding;
  readonly by: SuppressedBy;
}

/** Why a finding is not shown; null: it is. */
export type Suppress = (file: Pick<PlannedFile, "absolutePath" | "folder">, finding: Finding) => SuppressedBy | null;

interface SuppressionOptions {
  readonly dismissals: readonly Dismissal[];
  readonly folders: readonly Folder[];
  /** Of each folder; empty where the workspace is not trusted: then the repository has no say. */
  readonly baselines: readonly Baseline[];
  readonly trusted: boolean;
}

/** A file is asked about for each of its findings, and as many files as there are lanes at a time. */
const RECENT_FILES = 64;

export function createSuppress({ dismissals, folders, baselines, trusted }: SuppressionOptions): Suppress {
  const isDismissed = createDismissedCheck(dismissals, folders);
  const recent = new LRUCache<string, FileComments>({ max: RECENT_FILES });
  const commentsOf = ({ absolutePath: path, folder }: Pick<PlannedFile, "absolutePath" | "folder">) => {
    const known = recent.get(path) ?? readComments(path, folders[folder]!.path);
    recent.set(path, known);
    return known;
  };
  return (file, finding) => {
    if (isDismissed(finding)) return "dismissed";
    if (!trusted) return null;
    if (commentsOf(file).isIgnored(finding)) return "inline";
    return baselines[file.folder]?.ids.has(finding.id) ? "baseline" : null;
  };
}

interface FileComments {
  isIgnored(finding: Finding): boolean;
}

/** Only files with findings are read, and only those that hold the mark are taken apart. */
function readComments(path: string, folder: string): FileComments {
  const none = { isIgnored: () => false };
  let bytes: Buffer;
  try {
    bytes = readRegularFile(path, folder);
  } catch {
    return none; // Gone since it was reviewed: then nothing in it can say anything.
  }
  if (!bytes.includes(INLINE_MARK) && !isUtf16(bytes)) return none;
  const text = decodeText(bytes);
  const comments: InlineComments = readInlineComments(text);
  const lines = text.split("\n");
  return {
    isIgnored: (finding) =>
      // The file may have changed since the review: a comment speaks for the line it was written for.
      lines[finding.startLine - 1]?.includes(firstLine(finding.quote)) === true && comments.isIgnored(finding),
  };
}

function isUtf16(bytes: Buffer): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

function firstLine(quote: string): string {
  return quote.split(/\r?\n/, 1)[0]!;
}
