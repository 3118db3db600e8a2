/** Puts the engine together. Nothing is started before it is needed: no thread, no database, no provider's library. */
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { isCloudModel, isLoopback } from "../shared/endpoint.ts";
import { OnceoverError } from "../shared/errors.ts";
import type { Settings } from "../shared/settings.ts";
import { createSharedUse, readUse } from "./cache/sharedUse.ts";
import type { CreateEngine, Engine, Folder, PlanSummary, RunOptions, RunRequest, TrustedFolders } from "./engine.ts";
import { createDailyWall } from "./flow/dailyWall.ts";
import { unlessAborted } from "./flow/unlessAborted.ts";
import { createAnalysisPool } from "./offline/analysisPool.ts";
import type { AnalysisPool } from "./offline/analysis.ts";
import { offlineVersion } from "./offline/offlineVersion.ts";
import { readUserRules } from "./offline/userRules.ts";
import type { Ports } from "./ports.ts";
import { executeRun } from "./review/executeRun.ts";
import { findHotSpots } from "./review/hotSpots.ts";
import { sha256 } from "./review/keys.ts";
import { planRun } from "./review/planRun.ts";
import { planSaved } from "./review/planSaved.ts";
import { previewPrompt } from "./review/previewPrompt.ts";
import { createRecipe } from "./review/prompt.ts";
import { createRefuterRecipe } from "./review/refuter/refuterPrompt.ts";
import { dailyLimitOf, type ChosenModel, type Reviewing } from "./review/reviewing.ts";
import { summarisePlan } from "./review/summarisePlan.ts";
import { defaultStoreFolder } from "./store/dataFolder.ts";
import { writeEmergencyEntry } from "./store/emergency.ts";
import { createEraseMark, type EraseMark } from "./store/eraseMark.ts";
import { startStore } from "./store/storeClient.ts";
import type { Store } from "./store/store.ts";
import { listBranches } from "./workspace/branches.ts";
import { outlineVersion } from "./workspace/outline/outlineVersion.ts";
import { createGit } from "./workspace/git.ts";

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
    return work(await unlessAborted(prepare(parts, request), options?.signal));
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
    lastReport: async (request) => (await parts.store()).lastReport(workspaceId(request.folders), trustedOf(request)),
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

const MB = 1024 * 1024;

/** What a type checker leaves for its next run. */
function checkerFolder({ storeFolder }: Parts): string {
  return path.join(storeFolder, "checker");
}

const overnight = () => import("./review/overnight/createOvernight.ts");

/** A request says more, some of which cannot cross to the store's thread. */
const trustedOf = ({ folders, trusted }: TrustedFolders): TrustedFolders => ({ folders, trusted });

interface Parts {
  readonly ports: Ports;
  readonly settings: Settings;
  readonly storeFolder: string;
  readonly ownerId: string;
  /** Opens on first use; a failed opening is tried again by the next call. */
  store(): Promise<Store>;
  /** The store, if it was opened. */
  opened(): Promise<Store> | undefined;
  /** See sharedUse.ts. */
  readonly memoryUse: SharedArrayBuffer;
  readonly eraseMark: EraseMark;
  pool(): AnalysisPool;
  dispose(): Promise<void>;
}

function createParts(ports: Ports, settings: Settings): Parts {
  const storeFolder = settings.storeFolder ?? defaultStoreFolder();
  const ownerId = randomBytes(6).toString("hex");
  const memoryUse = createSharedUse();
  const storeOptions = {
    folder: storeFolder,
    ownerId,
    memoryUse,
    memoryBytes: settings.cacheMemoryMb * MB,
    diskBytes: settings.cacheDiskMb * MB,
  };
  const eraseMark = createEraseMark(storeFolder, ownerId, () => ports.clock.now());
  let started: Store | undefined;
  let opening: Promise<Store> | undefined;
  let pool: AnalysisPool | undefined;

  const open = async (): Promise<Store> => {
    const store = startStore(storeOptions, (notice) => ports.logger.warn(notice));
    started = store;
    try {
      for (const notice of await store.open()) ports.logger.warn(notice);
      eraseMark.watch();
      started = await besideTeam(store, ports, settings);
      return started;
    } catch (error) {
      opening = undefined;
      await store.close();
      throw error;
    }
  };

  return {
    ports,
    settings,
    storeFolder,
    ownerId,
    store: () => (opening ??= open()),
    opened: () => opening,
    memoryUse,
    eraseMark,
    pool: () => ports.pool ?? (pool ??= createAnalysisPool({ logger: ports.logger })),
    // Also what is still being opened: a store that does not answer must not hold the process.
    async dispose() {
      opening?.catch(() => {});
      eraseMark.dispose();
      await Promise.all([pool?.dispose(), started?.close()]);
      pool = undefined;
      started = undefined;
      opening = undefined;
    },
  };
}

async function besideTeam(store: Store, { team, clock, logger }: Ports, settings: Settings): Promise<Store> {
  const { teamFolder, useCache: isRead } = settings;
  if (!team && teamFolder === null) return store;
  const [{ withTeam }, { createTeamFolder }] = await Promise.all([
    import("./team/withTeam.ts"),
    import("./team/teamFolder.ts"),
  ]);
  return withTeam(store, { tier: team ?? createTeamFolder(teamFolder!), clock, logger, isRead });
}

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

/** By the same provider: one key, one place that code is sent to. */
async function chooseStrong({ settings, ...parts }: Parts, usual: ChosenModel): Promise<Reviewing["strong"]> {
  const { strongModel: model, refuter } = settings;
  if (model === null || model === usual.name || usual.provider === "vscode") return null;
  const chosen = await chooseModel({ ...parts, settings: { ...settings, model } });
  const recipe = createRecipe(model, chosen.provider);
  return { chosen, model, recipe, refuterRecipe: refuter ? createRefuterRecipe(model, chosen.provider) : null };
}

/** Prices are loaded here, the provider's own library when something is to be sent. */
async function chooseModel({ ports, settings }: Parts): Promise<ChosenModel> {
  const [modelParts, { createPriceBook }] = await Promise.all([
    import("./model/createModel.ts"),
    import("./model/prices.ts"),
  ]);
  const { createModel, chosenName, modelOrigins, modelProvider, preloadAdapter, serviceTierOf } = modelParts;
  const origins = modelOrigins(settings);
  const [origin] = origins;
  const name = chosenName(settings);
  const provider = modelProvider(settings.provider);
  preloadModel(() => preloadAdapter(provider));
  // What runs on this machine costs nothing; elsewhere its price is the user's to say, whatever others take.
  const isOllama = provider === "ollama";
  const runsHere = origins.every(isLoopback) && !(isOllama && isCloudModel(name));
  // What the editor's models cost is between the user and whoever brought them: no list says it, and no budget holds it.
  const isEditors = provider === "vscode";
  const free = isOllama && runsHere ? { [name]: { inputUsdPerMillion: 0, outputUsdPerMillion: 0 } } : {};
  const prices = await createPriceBook({ ...free, ...settings.prices }, new Date(), !isOllama && !isEditors);
  const priceKnown = prices.price(name, settings.provider) !== null;
  if (!priceKnown && (settings.budgetUsd ?? settings.dailyBudgetUsd) !== null && !runsHere && !isEditors) {
    throw new OnceoverError("unknown-price", `The price of ${name} is not known, so a budget cannot hold.`, {
      advice:
        "Set its price (--price INPUT:OUTPUT, in the editor the setting onceover.prices), or switch the budget off.",
    });
  }
  const chosen = { name, provider, origin, origins, prices, priceKnown, open: () => createModel({ settings, ports }) };
  const tier = serviceTierOf(settings);
  if (tier === "default") return chosen;
  const { tieredPrices } = await import("./model/tieredPrices.ts");
  // What may be carried out at the usual price has to fit into the budget at that price.
  return { ...chosen, prices: tieredPrices(prices, "flex", tier === "flex"), usualPrices: prices };
}

/** The store's thread opens its database and makes the plan meanwhile: what will likely be needed is loaded here. */
function preloadModel(preloadAdapter: () => Promise<void>): void {
  const parts = [preloadAdapter(), import("./review/createModelRun.ts")];
  // What cannot be loaded fails again where it is needed, and is reported there.
  Promise.all(parts).catch(() => undefined);
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

/** The same folders are the same workspace, from wherever they are opened. */
function workspaceId(folders: readonly Folder[]): string {
  const real = folders.map((folder) => `${folder.prefix}\0${fs.realpathSync(folder.path)}`);
  return sha256(JSON.stringify(real.toSorted()));
}
