/** The plan, made in the store's thread: a snapshot, split into what is answered and what has to be sent. */
import type { Folder } from "../engine.ts";
import { sha256 } from "../review/keys.ts";
import { answerFile, keyFile, settingsFor, type FileContext, type KeyedFile, type Lookup } from "../review/plan.ts";
import { strongReason } from "../review/strongReason.ts";
import { describeWorkspace } from "../workspace/describeWorkspace.ts";
import type { Git } from "../workspace/git.ts";
import type { SnapshotFile } from "../workspace/snapshot.ts";
import type { FolderContexts } from "./folderContexts.ts";
import { learnedCosts } from "./learnedCosts.ts";
import { countLookups } from "./countLookups.ts";
import { fileContext, planSignatures, type PlanSignatures } from "./planSignatures.ts";
import { listFolders, saveIndex, snapshotFolders } from "./snapshotFolders.ts";
import type { LastReport, Plan, PlannedFile, PlanRequest, TierHits, WorkspaceContext } from "./plan.ts";
import type { StoreParts } from "./storeParts.ts";
import { vendoredChecks } from "./vendoredChecks.ts";
import { besideFiles, workspaceState } from "./workspaceState.ts";

/** Noted in one commit at the plan's end: what was used, and whose answers came from under another path. */
interface Notes {
  readonly reviews: string[];
  readonly analyses: string[];
}

interface KeyedInContext {
  readonly file: KeyedFile;
  readonly context: FileContext;
}

export async function makePlan(parts: StoreParts, request: PlanRequest, git: Git, now: () => number): Promise<Plan> {
  const startedAt = performance.now();
  const { looked, contexts, state } = await lookAround(parts, request, git, now);
  const unchanged = request.repeatable && parts.reports.standing(request.repeatable.workspace, state);
  if (unchanged) {
    const phases = { snapshotMs: performance.now() - startedAt, planMs: 0 };
    return { files: [], contexts, missingOutlines: [], phases, state, unchanged };
  }
  const snapshots = await snapshotFolders(parts, request, looked, now);
  const snapshotMs = performance.now() - startedAt;
  const signatures = await planSignatures(parts, request, { listed: looked.listed, snapshots, git, now });
  const vendored = vendoredChecks(request, looked.listed);
  const keyed = snapshots.flatMap((snapshot, at) =>
    snapshot.files.map((one): KeyedInContext => {
      const context = fileContext(one, contexts[at]!, signatures.folders[at], request.folders[at]!.prefix);
      const why = request.strong && strongReasonOf(one, signatures.folders[at]);
      const file = keyFile(one, at, context, settingsFor(request, why), why);
      const isVendored = vendored[at]!(one.path.slice(request.folders[at]!.prefix.length));
      return { file: isVendored ? { ...file, isVendored } : file, context };
    }),
  );
  const notes: Notes = { reviews: [], analyses: [] };
  const { lookup: found, hits } = lookUp(
    parts,
    keyed.map(({ file }) => file),
    request,
    notes,
  );
  const files = keyed.map(({ file, context }) =>
    answerFile(file, context, settingsFor(request, file.strongReason), found),
  );
  await saveIndex(parts, signatures.read);
  const phases = { snapshotMs, planMs: performance.now() - startedAt - snapshotMs };
  const lookups = countLookups(snapshots, signatures, snapshotMs);
  const missing = signatures.folders.flatMap((folder) => [...(folder?.missing.values() ?? [])]);
  if (missing.length > 0 && !request.withoutMissing) {
    return { files: [], contexts, missingOutlines: missing, phases, lookups, state: null };
  }
  if (missing.length === 0) await saveContexts(parts, signatures);
  await saveNotes(parts, request, { files, keyed }, notes);
  const learned = learnedCosts(parts.db, request);
  return { files, contexts, missingOutlines: [], phases, lookups, state, hits, learned };
}

export async function findUnchanged(
  parts: StoreParts,
  request: PlanRequest,
  git: Git,
  now: () => number,
): Promise<LastReport> {
  const { state } = await lookAround(parts, request, git, now);
  const workspace = request.repeatable?.workspace;
  if (workspace === undefined) return { runId: null, holds: false };
  const runId = parts.reports.standingRun(workspace, state);
  return { runId: runId ?? parts.reports.lastRun(workspace), holds: runId !== undefined };
}

async function lookAround(parts: StoreParts, request: PlanRequest, git: Git, now: () => number) {
  const looked = await listFolders(request, git);
  const contexts = workspaceContexts(request);
  const known = workspaceState(parts, request, { ...looked, contexts, now });
  const workspace = request.repeatable?.workspace;
  const state = known?.state ?? null;
  if (workspace !== undefined && known) parts.states.set(workspace, known);
  else if (workspace !== undefined) parts.states.delete(workspace);
  return { looked, contexts, state };
}

/**
 * Whether the report of that run is the workspace's last one and holds, if the files are as they were at this store's
 * last look at them. They are not looked at.
 */
export function holds(parts: StoreParts, request: PlanRequest, runId: string): boolean {
  const workspace = request.repeatable?.workspace;
  const known = workspace === undefined ? undefined : parts.states.get(workspace);
  if (workspace === undefined || !known || parts.reports.standingRun(workspace, known.state) !== runId) return false;
  return besideFiles(parts, request, workspaceContexts(request)) === known.beside;
}

const workspaceContexts = ({ folders, trusted }: PlanRequest) =>
  folders.map((folder) => workspaceContext(folder, trusted));

/** Only what a model reviews is weighed. */
function strongReasonOf(file: SnapshotFile, folder: FolderContexts | undefined): string | null {
  if (file.kind !== "source" || file.skip !== null || !file.content) return null;
  return strongReason(file.sizeBytes, folder?.outlineOf(file));
}

async function saveContexts({ commit, outlines }: StoreParts, { folders }: PlanSignatures): Promise<void> {
  const worked = folders.flatMap((folder) => [...(folder?.worked ?? [])]);
  if (worked.length === 0) return;
  await commit(() => {
    for (const [path, context] of worked) outlines.saveContext(path, context);
  });
}

function workspaceContext(folder: Folder, trusted: boolean): WorkspaceContext {
  const text = describeWorkspace(folder.path, trusted);
  return { folder: folder.path, text, hash: sha256(text) };
}

const nothing = () => undefined;

function lookUp(
  { reviews, looks, ledger, packs, history, batches }: StoreParts,
  files: readonly KeyedFile[],
  { useCache, waitForBatches = true }: PlanRequest,
  notes: Notes,
): { readonly lookup: Lookup; readonly hits: TierHits } {
  const earlier: Lookup["earlier"] = (path, ordinal) => history.find(path, ordinal);
  const look: Lookup["look"] = (place) => looks.at(place);
  if (!useCache) {
    const unknown = { review: nothing, analysis: nothing, submittedAtMs: nothing, unreadReply: () => null };
    return { lookup: { ...unknown, look, earlier }, hits: { memory: 0, disk: 0, team: 0 } };
  }
  const unitKeys = files.flatMap((file) => file.units.map((unit) => unit.key));
  const submitted = waitForBatches ? batches.allOut(unitKeys) : new Map<string, number>();
  const { answers, hits } = reviews.findAll(unitKeys, notes.reviews);
  const analysisKeys = files.flatMap((file) => file.analysisKey ?? []);
  const analyses = reviews.findAnalyses(analysisKeys, notes.analyses);
  const lookup: Lookup = {
    review: (key) => answers.get(key),
    look,
    analysis: (key) => analyses.get(key),
    submittedAtMs: (key) => submitted.get(key),
    unreadReply: (key) => ledger.unreadReply(key) ?? packs.unreadReply(key),
    earlier,
  };
  return { lookup, hits: { ...hits, team: 0 } };
}

async function saveNotes(
  { commit, reviews, history, outlines }: StoreParts,
  request: PlanRequest,
  { files, keyed }: { readonly files: readonly PlannedFile[]; readonly keyed: readonly KeyedInContext[] },
  notes: Notes,
): Promise<void> {
  const moved = request.recipe !== null && request.model !== null ? files.flatMap(answeredElsewhere) : [];
  if (notes.reviews.length + notes.analyses.length + moved.length === 0 && !outlines.hasNotes()) return;
  await commit(() => {
    reviews.touch(notes.reviews, notes.analyses);
    outlines.noteUses();
    for (const { file, unit, context } of moved) {
      const { recipe, model } = settingsFor(request, file.strongReason);
      const { ordinal, contentHash, contextHash, key } = unit;
      const parts = { workspace: context.workspace.hash, symbols: context.signatures().symbols };
      const asked = { contentHash, contextHash, recipe: recipe!, model: model!, parts };
      history.save({ path: file.absolutePath, ordinal, ...asked }, key);
    }
  });

  /** A renamed file's review is found by its content; that this path has had one is not known yet. */
  function answeredElsewhere(file: PlannedFile, at: number) {
    const answered = file.units.filter(
      (unit) => unit.missReason === null && !history.has(file.absolutePath, unit.ordinal),
    );
    return answered.map((unit) => ({ file, unit, context: keyed[at]!.context }));
  }
}
