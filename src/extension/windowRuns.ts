/** Everything that loads the engine or starts it. Itself loaded with the first run, or to bring back a report. */
import * as vscode from "vscode";
import type { Branch, Engine, HotSpots } from "../core/engine.ts";
import { DEFAULT_SETTINGS, type Settings } from "../shared/settings.ts";
import { createRunReader } from "../shared/runReader.ts";
import { readSettings } from "./configuration.ts";
import { createEngines, type Engines } from "./engines.ts";
import type { FindingsStore } from "./findingsStore.ts";
import { createLazy } from "./lazy.ts";
import { readAnalyzeOnSave } from "./onSave/analyzeOnSave.ts";
import { createCheckSaved, type CheckSavedOptions } from "./onSave/checkSaved.ts";
import { createSaveQueue } from "./onSave/saveQueue.ts";
import type { SaveStatus } from "./onSave/saveStatus.ts";
import { createFileEvents } from "./fileEvents.ts";
import { createFileProblems } from "./fileProblems.ts";
import { createHeldReports } from "./heldReports.ts";
import { createLanguageModels } from "./languageModels.ts";
import { loadEngine } from "./loadEngine.ts";
import { createConsents, type WorkspaceMemory } from "./memory.ts";
import { loadChunk } from "./chunks.ts";
import type { OvernightNote } from "./overnight/overnightNote.ts";
import type { WindowOvernight } from "./overnight/windowOvernight.ts";
import { restoreReport } from "./restoreReport.ts";
import { createRunWatch, type RunWatch } from "./runWatch.ts";
import type { PromptDocuments } from "./promptDocuments.ts";
import { mayBeSent } from "./mayBeSent.ts";
import { createRunController, type RunScope } from "./runController.ts";
import type { RunMirror } from "./runMirror.ts";
import { createRunUi } from "./runUi.ts";
import type { KeyRing } from "./secrets.ts";
import type { Logger } from "../core/ports.ts";
import { reportAsView } from "./webview/reportAsView.ts";
import { createWindowDismissals, type WindowDismissals } from "./windowDismissals.ts";
import type { Spending } from "../shared/panelFigures.ts";
import { openFolders } from "./workspaceInputs.ts";
import { readRunInputs } from "./runInputs.ts";

export interface WindowRunsOptions {
  readonly mirror: RunMirror;
  readonly findings: FindingsStore;
  readonly memory: WorkspaceMemory;
  readonly globalState: vscode.Memento;
  readonly keys: KeyRing;
  readonly logger: Logger;
  readonly saves: SaveStatus;
  readonly overnight: OvernightNote;
  readonly prompts: PromptDocuments;
  /** What activating the extension took. */
  activationMs(): number;
  /** Another window or the command line has erased the store. */
  onErased(): void;
}

export interface WindowRuns {
  analyze(scope?: RunScope): Promise<void>;
  /** A file was saved: what that made stale is checked soon, as the settings say. */
  saved(path: string): void;
  /** What a reload cut off, again. */
  resume(): Promise<void>;
  /** Resolves when the run is over. */
  cancel(): Promise<void>;
  /** Shows the stored report, or that a run was cut off. */
  restore(): Promise<void>;
  /** For what is stored: also without a folder, and when a setting is invalid. */
  engine(): Promise<Engine>;
  watch(): Promise<RunWatch>;
  /** null: no folder is open, or nothing could say it. */
  spending(): Promise<Spending | null>;
  /** That changes can be compared with; none where there is no git. */
  branches(): Promise<readonly Branch[]>;
  /** Where to look first; free, and nothing is sent. */
  hotSpots(signal: AbortSignal): Promise<HotSpots>;
  /** Reviews at half price. */
  overnight(): Promise<WindowOvernight>;
  /** Of the folders that are open now. */
  dismissals(): Promise<WindowDismissals>;
  /** Ends the run, its threads and the store. */
  shutdown(): Promise<void>;
}

export function createWindowRuns(options: WindowRunsOptions): WindowRuns {
  const { mirror, memory, keys, logger } = options;
  const engines = createEngines({
    load: loadEngine,
    secrets: keys,
    logger,
    languageModels: createLanguageModels(),
    problems: createFileProblems(),
    onErased: options.onErased,
  });
  const consents = createConsents(options.globalState);
  const ui = createRunUi(mirror, options.prompts);
  const watch = createLazy(() => startWatch(options, engines));
  const fileEvents = createFileEvents();
  const controller = createRunController({
    ...options,
    engines,
    consents,
    ui,
    watch: watch.get,
    held: createHeldReports(fileEvents.count),
    readInputs: readRunInputs,
  });
  const saves = createSaves({ ...options, engines, consents, tell: ui.tell });
  const read = async () => {
    const { settings, folders, trusted } = readRunInputs();
    return (await engines.get(settings.engine)).lastReport({ folders, trusted });
  };
  const restore = async () => {
    if (memory.wasInterrupted() && !mirror.isActive()) mirror.markInterrupted(createRunReader().view());
    await restoreReport({ ...options, read });
  };
  const anyEngine = () => engines.current() ?? engines.get(settingsOrDefault());
  const overnight = createLazy(async () => {
    const { createWindowOvernight } = await loadChunk(() => import("./overnight/windowOvernight.ts"));
    return createWindowOvernight({
      ...options,
      note: options.overnight,
      engine: anyEngine,
      async prepare() {
        const { settings, folders, trusted } = readRunInputs();
        return { engine: await engines.get(settings.engine), request: { folders, trusted } };
      },
      agree: (engine, request, signal) =>
        mayBeSent({ ...options, consents, ui }, readRunInputs(), engine, request, signal),
      async showReport() {
        await controller.analyze({ storedOnly: true });
        await vscode.commands.executeCommand("onceover.showReport");
      },
      every,
    });
  });
  const andRestore = async (run: Promise<void>) => {
    await run;
    // Declined while the stored report was yet to be read: it was passed over, and is still what is known.
    if (mirror.current() === null) await restore();
  };
  return {
    // What somebody asks for goes before what goes by itself.
    analyze: (scope) => andRestore(saves.giveWay().then(() => controller.analyze(scope))),
    resume: () => andRestore(saves.giveWay().then(() => controller.resume())),
    saved: (path) => saves.saved(path),
    async cancel() {
      await saves.giveWay();
      await controller.cancel();
    },
    restore,
    async dismissals() {
      // What is brought back is put beside what is shown: that has to be there first.
      if (mirror.lastReport() === null) await restoreReport({ ...options, read });
      const { settings, folders, trusted } = readRunInputs();
      return createWindowDismissals(await engines.get(settings.engine), folders, trusted, (report) => {
        if (!mirror.isActive()) mirror.restore(report, reportAsView(report));
      });
    },
    async branches() {
      const { settings, folders, trusted } = readRunInputs();
      return (await engines.get(settings.engine)).branches({ folders, trusted });
    },
    async hotSpots(signal) {
      const { settings, folders, trusted } = readRunInputs();
      return (await engines.get(settings.engine)).hotSpots({ folders, trusted }, { signal });
    },
    overnight: overnight.get,
    // One that is at work is not replaced because a setting has changed meanwhile.
    engine: anyEngine,
    watch: watch.get,
    async spending() {
      const engine = engines.current();
      const folders = openFolders();
      if (!engine || folders.length === 0) return null;
      const now = new Date();
      const endsAt = new Date(new Date(now).setHours(24, 0, 0, 0)).toISOString();
      const spending = await (await engine).spending(folders, new Date(now).setHours(0, 0, 0, 0));
      return { ...spending, today: { ...spending.today, endsAt } };
    },
    async shutdown() {
      saves.dispose();
      (await overnight.peek())?.dispose();
      await saves.giveWay();
      await controller.shutdown();
      fileEvents.dispose();
      (await watch.peek())?.dispose();
      await engines.dispose();
    },
  };
}

const MB = 1024 * 1024;

const monotonicMs = () => performance.now();

function every(ms: number, callback: () => void): () => void {
  const timer = setInterval(callback, ms);
  return () => clearInterval(timer);
}

async function startWatch({ mirror, findings, activationMs }: WindowRunsOptions, engines: Engines): Promise<RunWatch> {
  const { createEventLoopWatch, createMemoryProbe, createMemoryWatcher, createTraceRecorder } = await loadEngine();
  const probe = createMemoryProbe();
  const watcher = createMemoryWatcher({ monotonicMs, now: Date.now, read: probe.read });
  const recorder = createTraceRecorder(monotonicMs);
  const watch = createRunWatch({
    recorder,
    watcher,
    probe,
    loop: createEventLoopWatch(),
    activationMs: activationMs(),
    findings,
    answers: {
      measure: () => engines.running()?.cache.inMemory() ?? { bytes: 0, count: 0 },
      // What cannot be asked to forget has gone, and with it what it held.
      forget: () =>
        void engines
          .running()
          ?.cache.forgetInMemory()
          .catch(() => {}),
      get boundBytes() {
        return settingsOrDefault().cacheMemoryMb * MB;
      },
    },
    mirror,
    every,
  });
  mirror.watchMemory(watch.memory);
  return watch;
}

/** A pause in typing is no save to pay for: with files that save themselves, each would be one. */
const DELAY_MS = { off: 500, offline: 500, model: 3_000 } as const;

function createSaves(options: Omit<CheckSavedOptions, "readInputs" | "status"> & Pick<WindowRunsOptions, "saves">) {
  const { mirror } = options;
  const queue = createSaveQueue({
    delayMs: () => DELAY_MS[readAnalyzeOnSave()],
    schedule(run, delayMs) {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
    isBusy: () => mirror.isActive(),
    check: createCheckSaved({ ...options, readInputs: readRunInputs, status: options.saves }),
  });
  const follow = mirror.onDidChange(() => {
    if (!mirror.isActive()) queue.resume();
    else if (options.saves.current().daily) options.saves.change({ daily: null });
  });
  return {
    ...queue,
    dispose() {
      follow.dispose();
      queue.dispose();
    },
  };
}

function settingsOrDefault(): Settings {
  try {
    return readSettings([]).engine;
  } catch {
    return DEFAULT_SETTINGS;
  }
}
