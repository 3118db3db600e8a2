/** Everything about findings in the editor. Loaded when there is a first finding. */
import * as vscode from "vscode";
import type { Logger } from "../../core/ports.ts";
import { createDisposableStore } from "../../shared/disposables.ts";
import { OnceoverError } from "../../shared/errors.ts";
import { t } from "../../shared/localize.ts";
import type { FileReport } from "../../shared/report.ts";
import { guard } from "../commands.ts";
import { registerDiagnostics } from "../diagnostics.ts";
import { type FindingRef, readFindingRef } from "../findingRef.ts";
import type { FindingsStore } from "../findingsStore.ts";
import type { WindowDismissals } from "../windowDismissals.ts";
import { applyFix } from "./applyFix.ts";
import { createDismissing, type Dismissing } from "./dismissing.ts";
import { registerFindingCodeActions } from "./findingCodeActions.ts";
import { registerFindingHover } from "./findingHover.ts";
import { FINDING_COMMANDS, findingAsMarkdown } from "./findingText.ts";
import { followFiles } from "./followFiles.ts";
import { createLiveFindings } from "./liveFindings.ts";
import { createShownFindings, type ShownFindings } from "./shownFindings.ts";

export interface EditorOptions {
  readonly findings: FindingsStore;
  readonly uriOf: (path: string) => vscode.Uri | undefined;
  readonly pathOf: (uri: vscode.Uri) => string | undefined;
  readonly fileReport: (path: string) => FileReport | undefined;
  readonly dismissals: () => Promise<WindowDismissals>;
  readonly logger: Logger;
}

export interface EditorFeatures extends vscode.Disposable {
  showDismissed(): Promise<void>;
  shareDismissed(): Promise<void>;
}

export function registerEditor(options: EditorOptions): EditorFeatures {
  const { findings, uriOf, pathOf } = options;
  const owned = createDisposableStore();
  const live = owned.add(createLiveFindings({ store: findings, pathOf }));
  owned.add(registerDiagnostics(findings, uriOf, live));
  const shown = createShownFindings(findings, live, pathOf);
  const dismissing = createDismissing(findings, options.dismissals);
  owned.add(followFiles(findings, pathOf));
  owned.add(registerFindingHover(shown, options.fileReport));
  owned.add(registerFindingCodeActions(shown));
  owned.add(registerFindingCommands(options, shown, dismissing));
  return {
    showDismissed: () => dismissing.showDismissed(),
    shareDismissed: () => dismissing.shareDismissed(),
    dispose: () => owned.dispose(),
  };
}

/** Not in the palette: they are about one finding, which the caller names. */
function registerFindingCommands(
  { uriOf, logger }: EditorOptions,
  shown: ShownFindings,
  dismissing: Dismissing,
): vscode.Disposable {
  const owned = createDisposableStore();
  const register = (command: string, run: (ref: FindingRef) => unknown) => {
    const guarded = (given: unknown) => guard(logger, command, () => run(readRef(given)));
    owned.add(vscode.commands.registerCommand(command, guarded));
  };
  const findingOf = (ref: FindingRef) => {
    const one = shown.byRef(ref);
    if (one) return one.finding;
    throw new OnceoverError("usage", t("This finding is no longer there."));
  };
  register(FINDING_COMMANDS.applyFix, async (ref) => {
    const uri = uriOf(ref.path);
    if (uri) await applyFix(shown, ref, uri);
  });
  register(FINDING_COMMANDS.dismiss, (ref) => dismissing.dismiss(findingOf(ref), "finding"));
  register(FINDING_COMMANDS.ignoreRule, (ref) => dismissing.dismiss(findingOf(ref), "rule-in-file"));
  register(FINDING_COMMANDS.explain, (ref) => vscode.commands.executeCommand("onceover.showReport", ref));
  register(FINDING_COMMANDS.copy, async (ref) => {
    await vscode.env.clipboard.writeText(findingAsMarkdown(findingOf(ref)));
    vscode.window.setStatusBarMessage(t("The finding is on the clipboard."), 5_000);
  });
  return owned;
}

function readRef(given: unknown): FindingRef {
  const ref = readFindingRef(given);
  if (ref) return ref;
  throw new OnceoverError("usage", t("No finding is named."));
}
