/** The light bulb of a finding. Every action is a command with the finding's path and id. */
import * as vscode from "vscode";
import { t } from "../../shared/localize.ts";
import { oneLine } from "../oneLine.ts";
import type { FindingRef } from "../findingRef.ts";
import { FINDING_COMMANDS } from "./findingText.ts";
import type { ShownFinding, ShownFindings } from "./shownFindings.ts";

export function registerFindingCodeActions(shown: ShownFindings): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    { scheme: "file" },
    {
      provideCodeActions: (document, range, context) =>
        shown.at(document.uri, range).flatMap((one) => actionsOf(one, context.diagnostics)),
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}

function actionsOf(one: ShownFinding, diagnostics: readonly vscode.Diagnostic[]): vscode.CodeAction[] {
  const { finding, isStale } = one;
  const ref: FindingRef = { path: finding.path, id: finding.id };
  const own = diagnostics.filter((diagnostic) => isAbout(diagnostic, one));
  const title = oneLine(finding.title, 60);
  const action = (text: string, command: string) => {
    const made = new vscode.CodeAction(text, vscode.CodeActionKind.QuickFix);
    made.command = { command, title: text, arguments: [ref] };
    made.diagnostics = own;
    return made;
  };
  const actions = [
    action(t("Ignore with reason…: {0}", title), FINDING_COMMANDS.dismiss),
    action(t("Ignore “{0}” in this file…", oneLine(finding.rule, 60)), FINDING_COMMANDS.ignoreRule),
    action(t("Explain: {0}", title), FINDING_COMMANDS.explain),
    action(t("Copy as Markdown: {0}", title), FINDING_COMMANDS.copy),
  ];
  // Never marked as preferred: "fix all" and auto-fix must not apply what a model wrote unseen.
  return finding.fix && !isStale
    ? [action(t("Apply fix…: {0}", title), FINDING_COMMANDS.applyFix), ...actions]
    : actions;
}

function isAbout(diagnostic: vscode.Diagnostic, { finding, range }: ShownFinding): boolean {
  return (
    diagnostic.source === "onceover" &&
    diagnostic.range.isEqual(range) &&
    diagnostic.message.includes(oneLine(finding.title))
  );
}
