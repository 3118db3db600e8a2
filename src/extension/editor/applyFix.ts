import * as vscode from "vscode";
import { OnceoverError } from "../../shared/errors.ts";
import { t } from "../../shared/localize.ts";
import { oneLine } from "../oneLine.ts";
import { placeFix } from "./fixEdits.ts";
import { quoteIn } from "./liveFindings.ts";
import type { ShownFinding, ShownFindings } from "./shownFindings.ts";
import type { FindingRef } from "../findingRef.ts";

/** Shows the fix as VS Code's own preview of a refactoring; what is agreed to there is one step of undo. */
export async function applyFix(shown: ShownFindings, ref: FindingRef, uri: vscode.Uri): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  // Looked up now that the document is open: only then it is known what stands there.
  const one = shown.byRef(ref);
  if (!one) throw changed();
  await vscode.window.showTextDocument(document, { preview: true, selection: one.range });
  const edit = createEdit(document, one);
  // VS Code ticks nothing that needs to be confirmed, and says nothing when nothing is ticked.
  vscode.window.setStatusBarMessage(t("Tick the fix in the preview, then choose Apply."), 10_000);
  await vscode.workspace.applyEdit(edit, { isRefactoring: true });
}

function createEdit(document: vscode.TextDocument, { finding, range, isStale }: ShownFinding): vscode.WorkspaceEdit {
  const quoteStart = document.offsetAt(range.start);
  const edits = isStale ? null : placeFix(finding, document.getText(), quoteStart, quoteIn(document, finding));
  if (!edits) throw changed();
  const edit = new vscode.WorkspaceEdit();
  for (const { start, end, newText } of edits) {
    const replaced = new vscode.Range(document.positionAt(start), document.positionAt(end));
    edit.replace(document.uri, replaced, newText, { needsConfirmation: true, label: oneLine(finding.title, 120) });
  }
  return edit;
}

function changed(): OnceoverError {
  return new OnceoverError("usage", t("The code has changed since it was reviewed: the fix no longer fits."), {
    advice: t("Analyze the file again."),
  });
}
