/** Splits what a snapshot holds into hits and misses. Runs in the store's worker, beside the rows it looks up. */
import type { ContentFacts } from "../store/fileIndex.ts";
import type { PlannedFile, PlannedUnit, PlanRequest, WorkspaceContext } from "../store/store.ts";
import type { StoredAnswer } from "../store/reviews.ts";
import { fileRole } from "../workspace/language.ts";
import type { SnapshotFile } from "../workspace/snapshot.ts";
import { analysisKey, unitKey } from "./keys.ts";

/** Where stored answers are looked up. All of it answers undefined where nothing may be reused. */
export interface Lookup {
  review(key: string): StoredAnswer | undefined;
  analysis(key: string): PlannedFile["analysis"] | undefined;
  unreadReply(key: string): PlannedUnit["rawReply"];
}

export interface PlanSettings {
  readonly recipe: PlanRequest["recipe"];
  readonly offlineVersion: string;
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
  const units =
    settings.recipe !== null && kind === "source"
      ? planUnits(file, content, language, context, settings.recipe, lookup)
      : [];
  return { ...base, analysisKey: offlineKey, analysis: lookup.analysis(offlineKey) ?? null, units };
}

function planUnits(
  file: SnapshotFile,
  content: ContentFacts,
  language: string,
  context: WorkspaceContext,
  recipe: string,
  lookup: Lookup,
): PlannedUnit[] {
  const parts = { language, role: fileRole(file.path), contextHash: context.hash, recipe };
  if (!content.chunks) {
    const key = unitKey({ ...parts, contentHash: content.hash, isChunk: false });
    return [plannedUnit(key, null, file.sizeBytes, lookup)];
  }
  const lines = content.chunks.at(-1)?.[1] ?? 1;
  return content.chunks.map(([start, end, contentHash]) => {
    const key = unitKey({ ...parts, contentHash, isChunk: true });
    const share = (end - start + 1) / lines;
    return plannedUnit(key, { start, end }, Math.ceil(file.sizeBytes * share), lookup);
  });
}

function plannedUnit(key: string, lines: PlannedUnit["lines"], sizeBytes: number, lookup: Lookup): PlannedUnit {
  const answer = lookup.review(key);
  return {
    key,
    lines,
    sizeBytes,
    review: answer?.review ?? null,
    verdict: answer?.verdict ?? null,
    rawReply: answer ? null : lookup.unreadReply(key),
    listPriceNano: answer?.listPriceNano ?? null,
  };
}
