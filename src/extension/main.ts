/** Wires the extension together; everything heavy is loaded when it is first needed. */
import * as vscode from "vscode";
import { createDisposableStore, type DisposableLike, type DisposableStore } from "../shared/disposables.ts";
import { loadChunk } from "./chunks.ts";
import { registerCommands } from "./commands.ts";
import { registerContextKeys } from "./contextKeys.ts";
import type { DataWindowParts } from "./data/dataWindow.ts";
import { forgetIfErased } from "./data/storedNotes.ts";
import type { EditorFeatures, EditorOptions } from "./editor/registerEditor.ts";
import type { FindingsActions } from "./findingsActions.ts";
import { createFindingsStore, type FindingsStore } from "./findingsStore.ts";
import type { FindingsTree, FindingsTreeOptions } from "./findingsTree.ts";
import { keepRecentRuns } from "./keepRecentRuns.ts";
import { createLazy, type Lazy } from "./lazy.ts";
import { createLog } from "./log.ts";
import { useTranslations } from "../shared/localize.ts";
import { createWorkspaceMemory } from "./memory.ts";
import { describeProblem } from "./problems.ts";
import type { RunScope } from "./runController.ts";
import { forgetShown } from "./forgetShown.ts";
import { createOvernightNote, OVERNIGHT_MARK } from "./overnight/overnightNote.ts";
import { createPromptDocuments } from "./promptDocuments.ts";
import { readAnalyzeOnSave } from "./onSave/analyzeOnSave.ts";
import { createSaveStatus } from "./onSave/saveStatus.ts";
import { createRunMirror } from "./runMirror.ts";
import { createKeyRing } from "./secrets.ts";
import { createStatusBar } from "./statusBar.ts";
import { tellProblem } from "./tellProblem.ts";
import { createUnsavedFiles } from "./unsavedFiles.ts";
import type { PerformanceView, ReportPanel } from "./views.ts";
import type { WindowRunSource } from "./windowRunSource.ts";
import type { WindowRuns, WindowRunsOptions } from "./windowRuns.ts";
import { pathOfUri, uriOfPath } from "./workspaceInputs.ts";

/** The window has drawn itself by then, and a person has not yet looked for findings. */
const RESTORE_AFTER_MS = 1_500;
/** The extension host waits 5 s for all extensions together. */
const SHUTDOWN_MS = 4_000;

let shutdown: (() => Promise<void>) | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const beganMs = performance.now();
  let activationMs = 0;
  useTranslations(vscode.l10n.bundle, vscode.env.language);
  const owned = createDisposableStore();
  context.subscriptions.push(owned);
  const logger = owned.add(createLog());
  const keys = createKeyRing(context.secrets);
  forgetIfErased(context.globalState, context.workspaceState);
  const memory = createWorkspaceMemory(context.workspaceState);
  const findings = createFindingsStore();
  const mirror = createRunMirror(() => performance.now());
  const saves = createSaveStatus();
  const overnight = createOvernightNote();
  const runs = lazyRuns({
    mirror,
    findings,
    memory,
    globalState: context.globalState,
    keys,
    logger,
    saves,
    overnight,
    activationMs: () => activationMs,
    prompts: owned.add(createPromptDocuments()),
    onErased: () => forgetShown({ mirror, findings, memory }),
  });
  const analyze = async (scope?: RunScope) => (await runs.get()).analyze(scope);
  owned.add(keepRecentRuns(mirror, memory));

  const spending = async () => (await runs.peek())?.spending() ?? null;
  const source = createLazy(async () => {
    const { createWindowRunSource } = await loadChunk(() => import("./windowRunSource.ts"));
    return owned.add(createWindowRunSource(mirror, keys, spending, overnight));
  });
  const refreshSource = async () => (await source.get()).refresh();
  const statusBar = owned.add(createStatusBar(mirror, saves, overnight));
  const reviewedPathOf = (uri: vscode.Uri) => {
    const path = pathOfUri(uri);
    return path !== undefined && findings.files().has(path) ? path : undefined;
  };
  const unsaved = owned.add(createUnsavedFiles(reviewedPathOf));
  owned.add(registerContextKeys(mirror));
  owned.add(
    vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      const path = readAnalyzeOnSave() === "off" ? undefined : pathOfUri(uri);
      if (path !== undefined)
        void runs.get().then(
          (one) => one.saved(path),
          (error: unknown) => logger.warn(describeProblem(error).text),
        );
    }),
  );
  const editor = lazyEditor(owned, {
    findings,
    uriOf: uriOfPath,
    pathOf: pathOfUri,
    fileReport: (path) => mirror.lastReport()?.files.find((file) => file.path === path),
    dismissals: async () => (await runs.get()).dismissals(),
    logger,
  });
  const tree = lazyTree(owned, { store: findings, mirror, unsaved, uriOf: uriOfPath, memory });
  const findingsActions = lazyFindingsActions(tree, findings);
  const views = lazyViews(owned, context.extensionUri, source);
  const parts: DataWindowParts = { context, keys, logger, mirror, findings, runs };

  owned.add(
    registerCommands({
      analyze,
      analyzeFiles: async (clicked, selected) => analyze(await (await loadActions()).chosenScope(clicked, selected)),
      async analyzeFolders(clicked, selected) {
        const scope = await (await loadActions()).chosenFolders(clicked, selected);
        if (scope) await analyze(scope);
      },
      async analyzeSelection() {
        await (await loadActions()).analyzeSelection({ analyze, mirror, actions: findingsActions.get });
      },
      async analyzeChanges() {
        const { askRevision } = await loadActions();
        const since = await askRevision(memory, async () => (await runs.get()).branches());
        if (since !== undefined) await analyze({ since });
      },
      analyzeOvernight: async () => (await (await runs.get()).overnight()).submit(),
      collectOvernight: async () => (await (await runs.get()).overnight()).collect(),
      cancelOvernight: async () => (await (await runs.get()).overnight()).cancel(),
      async showHotSpots() {
        const { showHotSpots } = await loadActions();
        await showHotSpots({ find: async (signal) => (await runs.get()).hotSpots(signal), uriOf: uriOfPath });
      },
      resume: async () => (await runs.get()).resume(),
      cancel: async () => (await runs.peek())?.cancel(),
      chooseModel: async () => (await loadActions()).runChooseModel(keys, logger),
      setApiKey: async () => (await loadActions()).runSetApiKey(keys),
      clearCache: async () => (await loadActions()).runClearCache(await (await runs.get()).engine()),
      showData: async () => (await loadDataCommands()).showData(parts),
      eraseAll: async () => (await loadDataCommands()).eraseAll(parts),
      async showPerformance() {
        statusBar.lookedAt();
        await vscode.commands.executeCommand("onceover.performance.focus");
      },
      showReport: async (finding) => (await views.get()).report.show(finding),
      async exportReport() {
        const { exportReport } = await loadChunk(() => import("./exportReport.ts"));
        await exportReport(mirror.lastReport(), context.workspaceState);
      },
      exportTrace: async () => (await loadPerformanceCommands()).exportTrace(await (await runs.peek())?.watch()),
      exportFigures: async () => (await loadPerformanceCommands()).exportFigures(mirror.shown()),
      saveHeapSnapshot: async () => (await loadPerformanceCommands()).saveHeapSnapshot(),
      async takeMemorySnapshot() {
        (await (await runs.get()).watch()).takeSnapshot();
        await refreshSource();
      },
      openSettings: (setting) =>
        vscode.commands.executeCommand(
          "workbench.action.openSettings",
          setting === undefined ? "@ext:onceover.onceover" : `@id:onceover.${setting}`,
        ),
      openPanelInEditor: async () => (await views.get()).performance.openInEditor(),
      showDismissed: async () => (await editor.get()).showDismissed(),
      shareDismissed: async () => (await editor.get()).shareDismissed(),
      showLog: () => logger.show(),
      findings: () => findingsActions.get(),
      clearFilter: async () => (await tree.get()).clearFilter(),
      showMoreRows: async (within) => (await tree.get()).showMore(within),
      logger,
    }),
  );
  followEditor(owned, context, {
    settingsChanged() {
      statusBar.refresh();
      void refreshSource();
    },
    async foldersChanged() {
      // A run's last event would bring back paths of the folders as they were.
      await (await runs.peek())?.cancel();
      findings.clear();
      mirror.forget();
      if (memory.hasReport()) await (await runs.get()).restore();
    },
  });

  // What a window that never used the extension has no need of is not loaded by it.
  if (memory.hasReport() || memory.wasInterrupted()) {
    owned.add(later(RESTORE_AFTER_MS, async () => (await runs.get()).restore()));
  }
  if (context.globalState.get(OVERNIGHT_MARK)) {
    owned.add(later(RESTORE_AFTER_MS, async () => (await (await runs.get()).overnight()).resume()));
  }
  owned.add(later(0, async () => void (await Promise.all([tree.get(), views.get(), refreshSource()]))));
  shutdown = async () => (await runs.peek())?.shutdown();
  activationMs = performance.now() - beganMs;
}

const loadDataCommands = () => loadChunk(() => import("./data/dataCommands.ts"));
const loadPerformanceCommands = () => loadChunk(() => import("./performanceCommands.ts"));
const loadActions = () => loadChunk(() => import("./userActions.ts"));

function lazyTree(owned: DisposableStore, options: FindingsTreeOptions): Lazy<FindingsTree> {
  return createLazy(async () => {
    const { registerFindingsTree } = await loadChunk(() => import("./findingsTree.ts"));
    return owned.add(registerFindingsTree(options));
  });
}

function lazyFindingsActions(tree: Lazy<FindingsTree>, store: FindingsStore): Lazy<FindingsActions> {
  return createLazy(async () => {
    const { createFindingsActions } = await loadChunk(() => import("./findingsActions.ts"));
    return createFindingsActions(await tree.get(), store);
  });
}

function lazyRuns(options: WindowRunsOptions): Lazy<WindowRuns> {
  return createLazy(async () => {
    const { createWindowRuns } = await loadChunk(() => import("./windowRuns.ts"));
    return createWindowRuns(options);
  });
}

interface Views {
  readonly performance: PerformanceView;
  readonly report: ReportPanel;
}

function lazyViews(owned: DisposableStore, extensionUri: vscode.Uri, runSource: Lazy<WindowRunSource>): Lazy<Views> {
  return createLazy(async () => {
    const [{ registerPerformanceView, createReportPanel }, source] = await Promise.all([
      loadChunk(() => import("./views.ts")),
      runSource.get(),
    ]);
    const performance = owned.add(registerPerformanceView(extensionUri, source));
    return { performance, report: owned.add(createReportPanel(extensionUri, source)) };
  });
}

/** Diagnostics, hovers and the like: there is nothing to show before the first finding. */
function lazyEditor(owned: DisposableStore, options: EditorOptions): Lazy<EditorFeatures> {
  const editor = createLazy(async () => {
    const { registerEditor } = await loadChunk(() => import("./editor/registerEditor.ts"));
    return owned.add(registerEditor(options));
  });
  const waiting = owned.add(
    options.findings.onDidChange(() => {
      waiting.dispose();
      owned.add(later(0, async () => void (await editor.get())));
    }),
  );
  return editor;
}

/** What fails is told: nobody waits for the result. */
function later(delayMs: number, action: () => Promise<void>): DisposableLike {
  const run = () => action().catch((error: unknown) => tellProblem("error", describeProblem(error)));
  const timer = setTimeout(() => void run(), delayMs);
  return { dispose: () => clearTimeout(timer) };
}

interface EditorListener {
  /** Settings, keys or trust. */
  settingsChanged(): void;
  foldersChanged(): Promise<void>;
}

function followEditor(owned: DisposableStore, context: vscode.ExtensionContext, listener: EditorListener): void {
  const { onDidChangeConfiguration, onDidChangeWorkspaceFolders, onDidGrantWorkspaceTrust } = vscode.workspace;
  owned.add(
    onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("onceover")) listener.settingsChanged();
    }),
  );
  owned.add(onDidGrantWorkspaceTrust(() => listener.settingsChanged()));
  owned.add(context.secrets.onDidChange(() => listener.settingsChanged()));
  owned.add(onDidChangeWorkspaceFolders(() => void listener.foldersChanged()));
}

/** Cancels the run and ends threads and the store, within the time that the host gives. */
export async function deactivate(): Promise<void> {
  const end = shutdown?.();
  shutdown = undefined;
  if (!end) return;
  let timer: NodeJS.Timeout | undefined;
  const outOfTime = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, SHUTDOWN_MS);
  });
  try {
    await Promise.race([end, outOfTime]);
  } finally {
    clearTimeout(timer);
  }
}
