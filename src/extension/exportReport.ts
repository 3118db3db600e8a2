/** Writes the last report to a file that the user chooses; loaded when the command is. */
import path from "node:path";
import * as vscode from "vscode";
import { escapeLine } from "../shared/escapeText.ts";
import { EXPORT_FORMATS, type ExportFormat } from "../shared/exportFormats.ts";
import { t } from "../shared/localize.ts";
import type { Report } from "../shared/report.ts";
import { exportFileName, exportExtensions } from "./exportFileName.ts";
import { loadEngine } from "./loadEngine.ts";
import type { Memento } from "./memory.ts";
import { plainMessage } from "./plainMessage.ts";
import { localFolders, openFolders } from "./workspaceInputs.ts";

/** Address of the folder that a report of this workspace was saved in last. */
const EXPORT_FOLDER = "onceover.exportFolder";

/**
 * Asks for a format and a place. The file holds the whole report, as the terminal writes it: what a filter hides in the
 * window is in it.
 *
 * @param report null: none has been made
 */
export async function exportReport(report: Report | null, memory: Memento): Promise<void> {
  if (!report)
    return void vscode.window.showInformationMessage(t("There is no report yet. Analyze the workspace first."));
  const format = await chooseFormat();
  if (!format) return;
  const pieces = await (await loadEngine()).renderExport(report, format, openFolders());
  const content = Buffer.from([...pieces].join(""));
  for (;;) {
    const target = await choosePlace(report, format, memory);
    if (!target) return;
    const failure = await write(target, content);
    if (failure === null) {
      await memory.update(EXPORT_FOLDER, vscode.Uri.joinPath(target, "..").toString());
      return offerToOpen(target);
    }
    const another = t("Save Elsewhere…");
    const text = t("The report could not be written to {0}: {1}", nameOf(target), escapeLine(failure));
    if ((await vscode.window.showErrorMessage(plainMessage(text), another)) !== another) return;
  }
}

interface FormatItem extends vscode.QuickPickItem {
  readonly format: ExportFormat;
}

async function chooseFormat(): Promise<ExportFormat | undefined> {
  const words: Readonly<Record<ExportFormat, Omit<FormatItem, "format">>> = {
    markdown: { label: "Markdown", detail: t("To read and to share: a summary, then every finding with its code.") },
    json: { label: "JSON", detail: t("For scripts: everything that the report knows.") },
    sarif: { label: "SARIF 2.1.0", detail: t("For other tools, such as GitHub's code scanning.") },
  };
  const items = EXPORT_FORMATS.map((format): FormatItem => ({ ...words[format], format }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: t("Export Report"),
    placeHolder: t("The whole report is exported, whatever a filter hides"),
  });
  return chosen?.format;
}

function choosePlace(report: Report, format: ExportFormat, memory: Memento): Thenable<vscode.Uri | undefined> {
  const kept = memory.get<string>(EXPORT_FOLDER);
  const folder = kept === undefined ? localFolders()[0]?.uri : vscode.Uri.parse(kept);
  const name = exportFileName(report.run.startedAt, format);
  return vscode.window.showSaveDialog({
    title: t("Export Report"),
    saveLabel: t("Export"),
    filters: { [format === "markdown" ? "Markdown" : format.toUpperCase()]: [...exportExtensions[format]] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
}

/** What went wrong, in the system's words; null: it is written. */
async function write(target: vscode.Uri, content: Uint8Array): Promise<string | null> {
  try {
    await vscode.workspace.fs.writeFile(target, content);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Nobody waits for the answer: the export is done. */
function offerToOpen(target: vscode.Uri): void {
  const open = t("Open");
  const told = vscode.window.showInformationMessage(plainMessage(t("Report exported to {0}.", nameOf(target))), open);
  void told.then((chosen) => (chosen === open ? vscode.commands.executeCommand("vscode.open", target) : undefined));
}

function nameOf(target: vscode.Uri): string {
  return escapeLine(path.posix.basename(target.path));
}
