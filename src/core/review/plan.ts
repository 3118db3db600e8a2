/** Splits what a snapshot holds into hits and misses. Runs in the store's worker, beside the rows it looks up. */
import type { ContentFacts } from "../store/fileIndex.ts";
import type { PlannedFile, PlannedUnit, PlanRequest, WorkspaceContext } from "../store/store.ts";
import type { StoredAnswer } from "../store/reviews.ts";
import { fileRole } from "../workspace/language.ts";
import type { SnapshotFile } from "../workspace/snapshot.ts";
import { analysisKey, unitKey } from "./keys.ts";
import { missReason, type EarlierUnit } from "./missReason.ts";

/** Where stored answers are looked up. All of it answers undefined where nothing may be reused. */
export interface Lookup {
  review(key: string): StoredAnswer | undefined;
  analysis(key: string): PlannedFile["analysis"] | undefined;
  unreadReply(key: string): PlannedUnit["rawReply"];
  /** What was last asked about a part of a file (absolute path). */
  earlier(path: string, ordinal: number): EarlierUnit | undefined;
}

export interface PlanSettings {
  readonly recipe: PlanRequest["recipe"];
  readonly model: PlanRequest["model"];
  readonly offlineVersion: string;
  readonly useCache: boolean;
}

export function planFile(
  file: SnapshotFile,
  folder: number,
  context: WorkspaceContext,
  settings: PlanSettings,
  lookup: Lookup,
): PlannedFile {
  const { path, absolutePath, sizeBytes, language, kind, skip, failure, content } = file;
  const base = {
    path,
    absolutePath,
    sizeBytes,
    language,
    kind,
    skip,
    failure,
    contentHash: content?.hash ?? null,
    folder,
  };
  if (skip !== null || failure !== null || !content || !language || !kind) {
    return { ...base, analysisKey: null, analysis: null, units: [] };
  }
  const offlineKey = analysisKey(content.hash, language, kind, settings.offlineVersion);
  const units = kind === "source" ? planUnits(file, content, language, context, settings, lookup) : [];
  return { ...base, analysisKey: offlineKey, analysis: lookup.analysis(offlineKey) ?? null, units };
}

function planUnits(
  file: SnapshotFile,
  content: ContentFacts,
  language: string,
  context: WorkspaceContext,
  { recipe, model, useCache }: PlanSettings,
  lookup: Lookup,
): PlannedUnit[] {
  if (recipe === null || model === null) return [];
  const parts = { language, role: fileRole(file.path), contextHash: context.hash, recipe };
  const isChunk = content.chunks !== null;
  const lineCount = content.chunks?.at(-1)?.[1] ?? 1;
  const pieces = content.chunks ?? [[1, lineCount, content.hash] as const];
  return pieces.map(([start, end, contentHash], ordinal) => {
    const key = unitKey({ ...parts, contentHash, isChunk });
    const answer = lookup.review(key);
    const asked = { contentHash, contextHash: context.hash, recipe, model };
    const whyMissing = () =>
      useCache ? missReason(asked, lookup.earlier(file.absolutePath, ordinal)) : "stored answers are not used";
    return {
      key,
      ordinal,
      contentHash,
      missReason: answer ? null : whyMissing(),
      lines: isChunk ? { start, end } : null,
      sizeBytes: isChunk ? Math.ceil((file.sizeBytes * (end - start + 1)) / lineCount) : file.sizeBytes,
      review: answer?.review ?? null,
      verdict: answer?.verdict ?? null,
      rawReply: answer ? null : lookup.unreadReply(key),
      listPriceNano: answer?.listPriceNano ?? null,
    };
  });
}
