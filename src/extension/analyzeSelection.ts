/**
 * A model needs the whole file to judge a part of it, and stored answers are for whole files: so the file is reviewed,
 * and what touches the selection is shown. Both is said.
 */
import * as vscode from "vscode";
import { OnceoverError } from "../shared/errors.ts";
import { t, tCount } from "../shared/localize.ts";
import type { FindingsActions } from "./findingsActions.ts";
import type { Passage } from "./nextFinding.ts";
import { oneLine } from "./oneLine.ts";
import type { RunScope } from "./runController.ts";
import type { RunMirror } from "./runMirror.ts";
import { pathOfUri } from "./workspaceInputs.ts";

export interface AnalyzeSelectionOptions {
  analyze(scope: RunScope): Promise<void>;
  readonly mirror: Pick<RunMirror, "lastReport">;
  actions(): Promise<FindingsActions>;
}

/** @throws usage when nothing is selected in a file of an open folder */
export async function analyzeSelection({ analyze, mirror, actions }: AnalyzeSelectionOptions): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const passage = editor && passageOf(editor);
  if (!passage) {
    throw new OnceoverError("usage", t("Nothing is selected in a file of the workspace."), {
      advice: t("Select some code, and try again."),
    });
  }
  const { path, startLine, endLine } = passage;
  const name = oneLine(path);
  vscode.window.setStatusBarMessage(
    t("All of {0} is reviewed; then what touches lines {1}–{2} is shown.", name, startLine, endLine),
    8_000,
  );
  const before = mirror.lastReport();
  await analyze({ only: [path] });
  const report = mirror.lastReport();
  const file = report === before ? undefined : report?.files.find((one) => one.path === path);
  // What was declined, cancelled or failed has been told: it says nothing about the selection.
  if (!file || (file.status !== "reviewed" && file.status !== "cached")) return;
  const shown = await (await actions()).stepWithin(passage);
  if (shown > 0) return;
  const elsewhere = report!.findings.filter((finding) => finding.path === path).length;
  const rest =
    elsewhere === 0 ? "" : t("Elsewhere in the file: {0}.", tCount(elsewhere, "{0} finding", "{0} findings"));
  const sentence = t("All of {0} was reviewed, and no finding touches lines {1}–{2}.", name, startLine, endLine);
  void vscode.window.showInformationMessage([sentence, rest].filter(Boolean).join(" "));
}

function passageOf({ document, selection }: vscode.TextEditor): Passage | undefined {
  const path = pathOfUri(document.uri);
  if (path === undefined || selection.isEmpty) return undefined;
  // A selection of whole lines ends before the first character of the next one.
  const isAtStart = selection.end.character === 0 && selection.end.line > selection.start.line;
  return { path, startLine: selection.start.line + 1, endLine: selection.end.line + (isAtStart ? 0 : 1) };
}
