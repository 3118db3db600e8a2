/** Every command that package.json contributes. */
import * as vscode from "vscode";
import { createDisposableStore } from "../shared/disposables.ts";
import { type FindingRef, readFindingRef } from "./findingRef.ts";
import type { FindingsActions } from "./findingsActions.ts";
import { describeProblem } from "./problems.ts";
import type { Logger } from "../core/ports.ts";
import type { RunScope } from "./runController.ts";
import { tellProblem } from "./tellProblem.ts";

/** Extension and walkthrough, as package.json names them. */
const WALKTHROUGH = "onceover.onceover#getStarted";

export interface CommandTargets {
  analyze(scope?: RunScope): Promise<void>;
  /** What was clicked and what is selected, as VS Code gives them to a command. */
  analyzeFiles(clicked: unknown, selected: unknown): Promise<void>;
  analyzeFolders(clicked: unknown, selected: unknown): Promise<void>;
  analyzeSelection(): Promise<void>;
  analyzeChanges(): Promise<void>;
  analyzeOvernight(): Promise<void>;
  collectOvernight(): Promise<void>;
  cancelOvernight(): Promise<void>;
  resume(): Promise<void>;
  showHotSpots(): Promise<void>;
  cancel(): Promise<void>;
  chooseModel(): Promise<void>;
  setApiKey(): Promise<void>;
  clearCache(): Promise<void>;
  showData(): Promise<void>;
  eraseAll(): Promise<void>;
  showPerformance(): Promise<void>;
  /** @param finding what to scroll to */
  showReport(finding?: FindingRef): Promise<void>;
  exportReport(): Promise<void>;
  exportTrace(): Promise<void>;
  exportFigures(): Promise<void>;
  saveHeapSnapshot(): Promise<void>;
  takeMemorySnapshot(): Promise<void>;
  openPanelInEditor(): Promise<void>;
  /** @param setting without `onceover.`; undefined: all of them */
  openSettings(setting: string | undefined): Thenable<unknown>;
  showDismissed(): Promise<void>;
  shareDismissed(): Promise<void>;
  showLog(): void;
  findings(): Promise<FindingsActions>;
  clearFilter(): Promise<void>;
  showMoreRows(within: unknown): Promise<void>;
  readonly logger: Logger;
}

export function registerCommands(targets: CommandTargets): vscode.Disposable {
  const owned = createDisposableStore();
  const register: Register = (name, run) => {
    const guarded = (...given: readonly unknown[]) => guard(targets.logger, name, () => run(...given));
    owned.add(vscode.commands.registerCommand(`onceover.${name}`, guarded));
  };
  register("analyzeWorkspace", () => targets.analyze());
  register("analyzeFile", (clicked, selected) => targets.analyzeFiles(clicked, selected));
  register("analyzeFolder", (clicked, selected) => targets.analyzeFolders(clicked, selected));
  register("analyzeSelection", () => targets.analyzeSelection());
  register("analyzeChanges", () => targets.analyzeChanges());
  register("analyzeOvernight", () => targets.analyzeOvernight());
  register("collectOvernight", () => targets.collectOvernight());
  register("cancelOvernight", () => targets.cancelOvernight());
  register("showHotSpots", () => targets.showHotSpots());
  register("resume", () => targets.resume());
  register("cancel", () => targets.cancel());
  register("chooseModel", () => targets.chooseModel());
  register("setApiKey", () => targets.setApiKey());
  register("clearCache", () => targets.clearCache());
  register("getStarted", () => vscode.commands.executeCommand("workbench.action.openWalkthrough", WALKTHROUGH, false));
  register("showData", () => targets.showData());
  register("eraseAll", () => targets.eraseAll());
  register("showPerformance", () => targets.showPerformance());
  // VS Code takes a question that nobody answers off the screen; its list of notifications still has it.
  register("showQuestion", () => vscode.commands.executeCommand("notifications.showList"));
  register("showReport", (finding) => targets.showReport(readFindingRef(finding)));
  register("exportReport", () => targets.exportReport());
  register("exportTrace", () => targets.exportTrace());
  register("exportFigures", () => targets.exportFigures());
  register("saveHeapSnapshot", () => targets.saveHeapSnapshot());
  register("takeMemorySnapshot", () => targets.takeMemorySnapshot());
  register("openPanelInEditor", () => targets.openPanelInEditor());
  register("openSettings", (setting) => targets.openSettings(typeof setting === "string" ? setting : undefined));
  register("showDismissed", () => targets.showDismissed());
  register("shareDismissed", () => targets.shareDismissed());
  register("showLog", () => targets.showLog());
  registerFindings(register, targets);
  return owned;
}

type Register = (name: string, run: (...given: readonly unknown[]) => unknown) => void;

function registerFindings(register: Register, targets: CommandTargets): void {
  const { findings } = targets;
  register("groupFindings", async () => (await findings()).group());
  register("filterFindings", async () => (await findings()).filter());
  register("clearFilter", () => targets.clearFilter());
  register("showMoreRows", (within) => targets.showMoreRows(within));
  register("nextFinding", async () => (await findings()).step(1));
  register("previousFinding", async () => (await findings()).step(-1));
  register("revealFinding", async () => (await findings()).reveal());
  register("analyzeAgain", async (row, all) => targets.analyze({ only: (await findings()).pathsOf(row, all) }));
  register("copyFindings", async (row, all) => (await findings()).copyMarkdown(row, all));
  register("copyPath", async (row, all) => (await findings()).copyPath(row, all));
  register("openToSide", async (row) => (await findings()).openToSide(row));
}

/** What fails is told once, in words, with a button; never as VS Code's own "command failed". */
export async function guard(logger: Logger, name: string, run: () => unknown): Promise<void> {
  try {
    await run();
  } catch (error) {
    const problem = describeProblem(error);
    logger.error(`${name}: ${problem.text}`);
    void tellProblem("error", problem);
  }
}
