/** Splits what a snapshot holds into hits and misses. Runs in the store's worker, beside the rows it looks up. */
import type { ContentFacts } from "../store/fileIndex.ts";
import type { PlannedFile, PlannedUnit, PlanRequest, UnitSignatures, WorkspaceContext } from "../store/plan.ts";
import type { FoundLook } from "../store/looks.ts";
import type { StoredAnswer } from "../store/reviews.ts";
import { fileRole } from "../workspace/language.ts";
import type { SnapshotFile } from "../workspace/snapshot.ts";
import { analysisKey, contextHash, unitKey } from "./keys.ts";
import { changedIn, missReason, type EarlierUnit } from "./missReason.ts";
import { withStoredLooks } from "./refuter/storedLooks.ts";

/** Where stored answers are looked up. All of it answers undefined where nothing may be reused. */
export interface Lookup {
  review(key: string): StoredAnswer | undefined;
  analysis(key: string): PlannedFile["analysis"] | undefined;
  /** Of a claim in a stored review, by its place. */
  look(place: string): FoundLook | undefined;
  /** When it was submitted for the night, milliseconds since 1970; undefined: it was not. */
  submittedAtMs(key: string): number | undefined;
  unreadReply(key: string): PlannedUnit["rawReply"];
  /** What was last asked about a part of a file (absolute path). */
  earlier(path: string, ordinal: number): EarlierUnit | undefined;
}

export interface PlanSettings {
  readonly recipe: PlanRequest["recipe"];
  readonly refuterRecipe: PlanRequest["refuterRecipe"];
  readonly model: PlanRequest["model"];
  readonly offlineVersion: string;
  readonly useCache: boolean;
}

type KeyedUnit = Pick<PlannedUnit, "key" | "contextHash" | "ordinal" | "contentHash" | "lines" | "sizeBytes">;

/** What a file's requests carry beside its own text. */
export interface FileContext {
  readonly workspace: WorkspaceContext;
  /** sha256 of the signatures of what it uses; "" where there are none. */
  signaturesHash(): string;
  /** For what has to be sent. */
  signatures(): UnitSignatures;
}

/** A file with the keys that its answers are stored under. */
export type KeyedFile = Omit<PlannedFile, "analysis" | "units"> & { readonly units: readonly KeyedUnit[] };

/** Who reviews a file: by its content, or where it is the one model for all. */
export function settingsFor(request: PlanRequest, strongReason: string | null): PlanSettings {
  return strongReason !== null && request.strong ? { ...request, ...request.strong } : request;
}

export function keyFile(
  file: SnapshotFile,
  folder: number,
  context: FileContext,
  settings: PlanSettings,
  strongReason: string | null = null,
): KeyedFile {
  const { path, absolutePath, sizeBytes, language, kind, skip, failure, content } = file;
  const contentHash = content?.hash ?? null;
  const base = { path, absolutePath, sizeBytes, language, kind, skip, failure, contentHash, folder, strongReason };
  if (skip !== null || failure !== null || !content || !language || !kind) {
    return { ...base, analysisKey: null, units: [] };
  }
  return {
    ...base,
    analysisKey: analysisKey(content.hash, language, kind, settings.offlineVersion),
    units: kind === "source" ? keyUnits(file, content, language, context, settings.recipe) : [],
  };
}

function keyUnits(
  file: SnapshotFile,
  content: ContentFacts,
  language: string,
  context: FileContext,
  recipe: string | null,
): KeyedUnit[] {
  if (recipe === null) return [];
  const isChunk = content.chunks !== null;
  const carried = contextHash(context.workspace.hash, context.signaturesHash());
  const parts = { language, role: fileRole(file.path), contextHash: carried, recipe, isChunk };
  const lineCount = content.chunks?.at(-1)?.[1] ?? 1;
  const pieces = content.chunks ?? [[1, lineCount, content.hash] as const];
  return pieces.map(([start, end, contentHash], ordinal) => ({
    key: unitKey({ ...parts, contentHash }),
    contextHash: carried,
    ordinal,
    contentHash,
    lines: isChunk ? { start, end } : null,
    sizeBytes: isChunk ? Math.ceil((file.sizeBytes * (end - start + 1)) / lineCount) : file.sizeBytes,
  }));
}

export function answerFile(file: KeyedFile, context: FileContext, settings: PlanSettings, lookup: Lookup): PlannedFile {
  const analysis = (file.analysisKey === null ? undefined : lookup.analysis(file.analysisKey)) ?? null;
  return { ...file, analysis, units: file.units.map((unit) => answerUnit(file, unit, context, settings, lookup)) };
}

function answerUnit(
  { absolutePath }: KeyedFile,
  unit: KeyedUnit,
  context: FileContext,
  { recipe, refuterRecipe, model, useCache }: PlanSettings,
  lookup: Lookup,
): PlannedUnit {
  const answer = lookup.review(unit.key);
  if (answer) {
    const looked = withStoredLooks(answer, unit.key, refuterRecipe, lookup.look);
    const missReason = looked.unlooked > 0 ? "its errors have not had a second look" : null;
    const signatures = looked.unlooked > 0 ? context.signatures() : null;
    return { ...unit, ...looked, signatures, missReason, changedIn: [], rawReply: null };
  }
  const submittedAtMs = lookup.submittedAtMs(unit.key);
  if (submittedAtMs !== undefined) {
    const nothing = { signatures: null, missReason: null, changedIn: [], rawReply: null, unlooked: 0 };
    return { ...unit, ...nothing, submittedAtMs, review: null, verdict: null, listPriceNano: null };
  }
  const signatures = context.signatures();
  const asked = {
    contentHash: unit.contentHash,
    contextHash: unit.contextHash,
    recipe: recipe ?? "",
    model: model ?? "",
    parts: { workspace: context.workspace.hash, symbols: signatures.symbols },
  };
  const earlier = lookup.earlier(absolutePath, unit.ordinal);
  return {
    ...unit,
    signatures,
    missReason: useCache ? missReason(asked, earlier) : "stored answers are not used",
    changedIn: changedIn(asked, earlier),
    review: null,
    unlooked: 0,
    verdict: null,
    rawReply: lookup.unreadReply(unit.key),
    listPriceNano: null,
  };
}
