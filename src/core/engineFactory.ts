/** Puts the engine together. Nothing is started before it is needed: no thread, no database, no provider's library. */
import fs from "node:fs";
import path from "node:path";
import { describeError, OnceoverError } from "../shared/errors.ts";
import { readUse } from "./cache/sharedUse.ts";
import type { CreateEngine, Engine, Folder, PlanSummary, RunOptions, RunRequest, TrustedFolders } from "./engine.ts";
import { checkerFolder, createParts, type Parts } from "./engineParts.ts";
import { createDailyWall } from "./flow/dailyWall.ts";
import { unlessAborted } from "./flow/unlessAborted.ts";
import { offlineVersion } from "./offline/offlineVersion.ts";
import { readUserRules } from "./offline/userRules.ts";
import { chooseModel, chooseStrong } from "./review/chooseModel.ts";
import { executeRun, repeatRun } from "./review/executeRun.ts";
import { findHotSpots } from "./review/hotSpots.ts";
import { planRun } from "./review/planRun.ts";
import { repeatable } from "./review/planStage.ts";
import { planSaved } from "./review/planSaved.ts";
import { previewPrompt } from "./review/previewPrompt.ts";
import { createRecipe } from "./review/prompt.ts";
import { createRefuterRecipe } from "./review/refuter/refuterPrompt.ts";
import { dailyLimitOf, type Reviewing } from "./review/reviewing.ts";
import { summarisePlan } from "./review/summarisePlan.ts";
import { writeEmergencyEntry } from "./store/emergency.ts";
import type { Store } from "./store/store.ts";
import { listBranches } from "./workspace/branches.ts";
import { outlineVersion } from "./workspace/outline/outlineVersion.ts";
import { createGit } from "./workspace/git.ts";
import { workspaceId } from "./workspace/workspaceId.ts";

export { createSystemPorts } from "./systemPorts.ts";
export { createEventLoopWatch } from "./profile/eventLoopWatch.ts";
export { createMemoryProbe } from "./profile/memoryProbe.ts";
export { createMemoryWatcher } from "./profile/memoryWatcher.ts";
export { createTraceRecorder } from "./profile/traceRecorder.ts";
export { listModels, listServedModels } from "./model/listModels.ts";
export { renderExport } from "./export/renderExport.ts";

/** Git's own deadline ends what takes too long. */
const NEVER = new AbortController().signal;

export const createEngine: CreateEngine = async (ports, settings) => {
  const parts = createParts(ports, settings);

  const withReviewing = async <T>(
    request: RunRequest,
    options: Pick<RunOptions, "signal"> | undefined,
    work: (reviewing: Reviewing) => Promise<T>,
  ): Promise<T> => {
    checkFolders(request.folders);
    return parts.during(async () => work(await unlessAborted(prepare(parts, request), options?.signal)));
  };

  const cacheCall = <T>(work: (store: Store) => Promise<T>) => parts.store().then(work);

  return {
    estimate: (request, options) =>
      withReviewing(request, options, (reviewing) => estimate(reviewing, request, options)),
    preview: (request, path, options) =>
      withReviewing(request, options, (reviewing) => previewPrompt(reviewing, request, path, options?.signal)),
    hotSpots: (request, options) =>
      withReviewing(request, options, (reviewing) => findHotSpots(reviewing, request, options?.signal)),
    run: (request, options) =>
      withReviewing(request, options, (reviewing) => executeRun(reviewing, request, options ?? {})),
    repeat: (request, held, options) =>
      withReviewing(request, options, (reviewing) => repeatRun(reviewing, request, held, options ?? {})),
    isUnchanged: (request, signal) =>
      withReviewing(request, { ...(signal && { signal }) }, async (reviewing) => {
        const asked = repeatable(reviewing).planRequest(request);
        const { runId, holds } = await reviewing.store.unchanged(asked, signal);
        return holds || runId === null;
      }),
    async keepStanding(request, question, report, signal) {
      try {
        const { keepStanding } = await import("./standing/keepStanding.ts");
        await withReviewing(request, undefined, (reviewing) =>
          keepStanding(reviewing, request, { question, report, storeFolder: parts.storeFolder, signal }),
        );
      } catch (error) {
        ports.logger.debug(`The answer is not kept for the next time: ${describeError(error)}`);
      }
    },
    lastReport: (request) =>
      parts.during(async () => (await parts.store()).lastReport(workspaceId(request.folders), trustedOf(request))),
    async openTools(workspace) {
      checkFolders(workspace.folders);
      const [planning, { openWorkspaceTools }] = await Promise.all([
        prepare(parts, { folders: workspace.folders, trusted: workspace.trusted, onSave: "offline" }),
        import("./tools/openWorkspaceTools.ts"),
      ]);
      return openWorkspaceTools(workspace, planning, checkerFolder(parts));
    },
    async branches({ folders, trusted }) {
      checkFolders(folders);
      return trusted ? listBranches(folders, createGit(NEVER)) : [];
    },
    dismissals: {
      list: (of) => cacheCall((store) => store.dismissals(trustedOf(of))),
      add: (of, added) => cacheCall((store) => store.dismiss(trustedOf(of), added)),
      remove: (of, targets) => cacheCall((store) => store.undismiss(trustedOf(of), targets)),
      share: (folders) => cacheCall((store) => store.shareDismissals(folders)),
    },
    overnight: {
      submit: (request, options) =>
        withReviewing(request, options, async (reviewing) => (await overnight()).submit(reviewing, request, options)),
      status: () => cacheCall(async (store) => (await overnight()).status(store)),
      collect: (options) => cacheCall(async (store) => (await overnight()).collect(store, ports, options)),
      cancel: (options) => cacheCall(async (store) => (await overnight()).cancel(store, ports, options)),
    },
    spending: (folders, sinceMs) => cacheCall((store) => store.spending(workspaceId(folders), sinceMs)),
    cache: {
      inMemory: () => readUse(parts.memoryUse),
      // Without a store nothing is held.
      forgetInMemory: async () => (await parts.opened())?.forgetRecent(),
      stats: () => cacheCall((store) => store.stats()),
      verify: () => cacheCall((store) => store.verify()),
      prune: (maxBytes) => cacheCall((store) => store.prune(maxBytes)),
      clear: () => cacheCall((store) => store.clear()),
    },
    async eraseAll() {
      const erased = await cacheCall((store) => store.eraseAll());
      fs.rmSync(checkerFolder(parts), { recursive: true, force: true });
      parts.eraseMark.write();
      return erased;
    },
    onDidErase: (listener) => parts.eraseMark.add(listener),
    dispose: parts.dispose,
  } satisfies Engine;
};

const overnight = () => import("./review/overnight/createOvernight.ts");

/** A request says more, some of which cannot cross to the store's thread. */
const trustedOf = ({ folders, trusted }: TrustedFolders): TrustedFolders => ({ folders, trusted });

function checkFolders(folders: readonly Folder[]): void {
  for (const folder of folders) {
    const stats = fs.statSync(folder.path, { throwIfNoEntry: false });
    if (!stats)
      throw new OnceoverError("missing-folder", `There is no folder ${folder.path}.`, { advice: "Check the path." });
    if (!stats.isDirectory())
      throw new OnceoverError("not-a-folder", `${folder.path} is a file.`, { advice: "Give its folder." });
  }
}

async function prepare(parts: Parts, request: RunRequest): Promise<Reviewing> {
  const { ports, settings } = parts;
  // A workspace that is not trusted is read on this machine alone.
  const provider = request.trusted && request.onSave !== "offline" ? settings.provider : "offline";
  // Its thread starts while prices are loaded here; whether it opens is asked below.
  parts.store().catch(() => undefined);
  const chosen = provider === "offline" ? null : await chooseModel(parts);
  const recipe = chosen && createRecipe(chosen.name, chosen.provider);
  const refuterRecipe = chosen && settings.refuter ? createRefuterRecipe(chosen.name, chosen.provider) : null;
  const strong = chosen && (await chooseStrong(parts, chosen));
  const own = request.trusted ? readUserRules(request.folders.map((folder) => folder.path)) : undefined;
  for (const notice of own?.notices ?? []) ports.logger.warn(notice);
  const version = `${offlineVersion()}${own?.version ?? ""}`;
  return {
    ports,
    settings,
    store: await parts.store(),
    pool: parts.pool(),
    provider,
    chosen,
    recipe,
    refuterRecipe,
    strong,
    offlineVersion: version,
    userRules: own?.packed,
    workspaceId: workspaceId(request.folders),
    workspaceName: request.folders.map((folder) => path.basename(folder.path)).join(", "),
    planRequest: (asked) => ({
      folders: asked.folders,
      only: asked.only ?? null,
      under: asked.under ?? null,
      since: asked.since ?? null,
      listedOnly: asked.onSave !== undefined,
      trusted: asked.trusted,
      include: settings.include,
      exclude: settings.exclude,
      maxFileKb: settings.maxFileKb,
      recipe,
      refuterRecipe,
      model: chosen?.name ?? null,
      strong: strong && { recipe: strong.recipe, refuterRecipe: strong.refuterRecipe, model: strong.model },
      offlineVersion: version,
      outlineVersion: outlineVersion(),
      withoutMissing: false,
      useCache: settings.useCache,
      workspace: workspaceId(request.folders),
      waitForBatches: settings.waitForBatches,
    }),
    saveInEmergency: (entry) => writeEmergencyEntry(parts.storeFolder, parts.ownerId, entry),
  };
}

const unheard = { onChange() {}, onWarning() {} };

async function estimate(
  reviewing: Reviewing,
  request: RunRequest,
  options: RunOptions | undefined,
): Promise<PlanSummary> {
  const plan = await (request.onSave === "model" ? planSaved : planRun)(reviewing, request, options?.signal);
  const priced = request.overnight ? (await overnight()).atBatchPrices(reviewing) : reviewing;
  const wall = createDailyWall({ ...unheard, limitUsd: dailyLimitOf(reviewing), clock: reviewing.ports.clock });
  if (wall.limitNano !== null) wall.note(await reviewing.store.spentToday());
  return {
    ...summarisePlan(plan, priced, request.overnight),
    ...(request.overnight && { overnight: true }),
    ...(wall.state && { daily: wall.state }),
  };
}
