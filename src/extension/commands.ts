/** Every command that package.json contributes. */
import * as vscode from "vscode";
import { createDisposableStore } from "../shared/disposables.ts";
import { OnceoverError } from "../shared/errors.ts";
import { type FindingRef, readFindingRef } from "./findingRef.ts";
import type { FindingsActions } from "./findingsActions.ts";
import { describeProblem } from "./problems.ts";
import type { Logger } from "../core/ports.ts";
import type { RunScope } from "./runController.ts";
import { tellProblem } from "./tellProblem.ts";

export interface CommandTargets {
  analyze(scope?: RunScope): Promise<void>;
  analyzeChanges(): Promise<void>;
  cancel(): Promise<void>;
  chooseModel(): Promise<void>;
  setApiKey(): Promise<void>;
  clearCache(): Promise<void>;
  showPerformance(): Promise<void>;
  /** @param finding what to scroll to */
  showReport(finding?: FindingRef): Promise<void>;
  showDismissed(): Promise<void>;
  showLog(): void;
  findings(): Promise<FindingsActions>;
  clearFilter(): void;
  /** The reported path of a file; undefined when it lies in no open folder. */
  pathOf(uri: vscode.Uri): string | undefined;
  readonly logger: Logger;
}

export function registerCommands(targets: CommandTargets): vscode.Disposable {
  const owned = createDisposableStore();
  const register: Register = (name, run) => {
    const guarded = (...given: readonly unknown[]) => guard(targets.logger, name, () => run(...given));
    owned.add(vscode.commands.registerCommand(`onceover.${name}`, guarded));
  };
  register("analyzeWorkspace", () => targets.analyze());
  register("analyzeFile", (clicked, selected) => targets.analyze({ only: filesAskedFor(targets, clicked, selected) }));
  register("analyzeChanges", () => targets.analyzeChanges());
  register("cancel", () => targets.cancel());
  register("chooseModel", () => targets.chooseModel());
  register("setApiKey", () => targets.setApiKey());
  register("clearCache", () => targets.clearCache());
  register("showPerformance", () => targets.showPerformance());
  register("showReport", (finding) => targets.showReport(readFindingRef(finding)));
  register("showDismissed", () => targets.showDismissed());
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
  register("nextFinding", async () => (await findings()).step(1));
  register("previousFinding", async () => (await findings()).step(-1));
  register("revealFinding", async () => (await findings()).reveal());
  register("analyzeAgain", async (row) => targets.analyze({ only: (await findings()).pathsOf(row) }));
  register("copyFindings", async (row) => (await findings()).copyMarkdown(row));
  register("copyPath", async (row) => (await findings()).copyPath(row));
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

/** Explorer: what was clicked and all that is selected. Editor and palette: the active file. */
function filesAskedFor(targets: CommandTargets, clicked: unknown, selected: unknown): readonly string[] {
  const several = Array.isArray(selected) ? selected.filter((one) => one instanceof vscode.Uri) : [];
  const one = clicked instanceof vscode.Uri ? clicked : vscode.window.activeTextEditor?.document.uri;
  const uris = several.length > 0 ? several : one ? [one] : [];
  const paths = uris.map((uri) => targets.pathOf(uri)).filter((path) => path !== undefined);
  if (paths.length > 0) return paths;
  throw new OnceoverError("usage", "No file of an open folder is chosen.", { advice: "Open one, and try again." });
}
