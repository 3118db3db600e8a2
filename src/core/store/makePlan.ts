/** The plan, made in the store's thread: a snapshot, split into what is answered and what has to be sent. */
import type { Folder } from "../engine.ts";
import { sha256 } from "../review/keys.ts";
import { answerFile, keyFile, type KeyedFile, type Lookup } from "../review/plan.ts";
import { describeWorkspace } from "../workspace/describeWorkspace.ts";
import type { Git } from "../workspace/git.ts";
import { takeSnapshot, type Snapshot } from "../workspace/snapshot.ts";
import { wantedFiles } from "../workspace/wantedFiles.ts";
import type { Plan, PlannedFile, PlanRequest, WorkspaceContext } from "./store.ts";
import type { StoreParts } from "./storeHost.ts";

/** Noted in one commit at the plan's end: what was used, and whose answers came from under another path. */
interface Notes {
  readonly reviews: string[];
  readonly analyses: string[];
}

export async function makePlan(parts: StoreParts, request: PlanRequest, git: Git, now: () => number): Promise<Plan> {
  const startedAt = performance.now();
  const listed = await Promise.all(request.folders.map((folder) => wantedFiles(folder, request, git)));
  const snapshots = request.folders.map((folder, index) => {
    // A few files that were asked for by name are found sooner one by one.
    const known = request.only && !request.under ? parts.index : parts.index.below(folder.path);
    return takeSnapshot(folder, listed[index]!, known, request, now);
  });
  const snapshotMs = performance.now() - startedAt;
  await saveIndex(parts, snapshots);

  const contexts = request.folders.map((folder) => workspaceContext(folder, request.trusted));
  const keyed = snapshots.flatMap((snapshot, folder) =>
    snapshot.files.map((file) => keyFile(file, folder, contexts[folder]!, request)),
  );
  const notes: Notes = { reviews: [], analyses: [] };
  const lookup = lookUp(parts, keyed, request.useCache, notes);
  const files = keyed.map((file) => answerFile(file, contexts[file.folder]!, request, lookup));
  await saveNotes(parts, request, { files, contexts }, notes);
  return { files, contexts, phases: { snapshotMs, planMs: performance.now() - startedAt - snapshotMs } };
}

async function saveIndex({ commit, index }: StoreParts, snapshots: readonly Snapshot[]): Promise<void> {
  const read = snapshots.flatMap((snapshot) => snapshot.read);
  if (read.length > 0) await commit(() => index.save(read));
}

function workspaceContext(folder: Folder, trusted: boolean): WorkspaceContext {
  const text = describeWorkspace(folder.path, trusted);
  return { folder: folder.path, text, hash: sha256(text) };
}

function lookUp(
  { reviews, ledger, history }: StoreParts,
  files: readonly KeyedFile[],
  useCache: boolean,
  notes: Notes,
): Lookup {
  const earlier: Lookup["earlier"] = (path, ordinal) => history.find(path, ordinal);
  if (!useCache) return { review: () => undefined, analysis: () => undefined, unreadReply: () => null, earlier };
  const unitKeys = files.flatMap((file) => file.units.map((unit) => unit.key));
  const answers = reviews.findAll(unitKeys, notes.reviews);
  const analysisKeys = files.flatMap((file) => file.analysisKey ?? []);
  const analyses = reviews.findAnalyses(analysisKeys, notes.analyses);
  return {
    review: (key) => answers.get(key),
    analysis: (key) => analyses.get(key),
    unreadReply: (key) => ledger.unreadReply(key),
    earlier,
  };
}

async function saveNotes(
  { commit, reviews, history }: StoreParts,
  { recipe, model }: PlanRequest,
  { files, contexts }: Pick<Plan, "files" | "contexts">,
  notes: Notes,
): Promise<void> {
  const moved = recipe !== null && model !== null ? files.flatMap((file) => answeredElsewhere(file)) : [];
  if (notes.reviews.length + notes.analyses.length + moved.length === 0) return;
  await commit(() => {
    reviews.touch(notes.reviews, notes.analyses);
    for (const { file, unit } of moved) {
      const contextHash = contexts[file.folder]!.hash;
      const { ordinal, contentHash, key } = unit;
      history.save({ path: file.absolutePath, ordinal, contentHash, contextHash, recipe: recipe!, model: model! }, key);
    }
  });

  /** A renamed file's review is found by its content; that this path has had one is not known yet. */
  function answeredElsewhere(file: PlannedFile) {
    const answered = file.units.filter(
      (unit) => unit.missReason === null && !history.has(file.absolutePath, unit.ordinal),
    );
    return answered.map((unit) => ({ file, unit }));
  }
}
