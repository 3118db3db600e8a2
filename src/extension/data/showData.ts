import * as vscode from "vscode";
import { formatBytes, formatCount } from "../../shared/format.ts";
import { describeOrigin } from "../../shared/endpoint.ts";
import { t } from "../../shared/localize.ts";
import { createConsents } from "../memory.ts";
import { oneLine } from "../oneLine.ts";
import { offerDeletion } from "../setApiKey.ts";
import { dataSections, type DataAction, type DataRow } from "./dataRows.ts";
import { readStoredData, type DataWindow } from "./dataWindow.ts";
import { eraseAll } from "./eraseAll.ts";

/** As the terminal's `cache prune` has it. */
const DEFAULT_KEEP_MB = 200;
const BYTES_PER_MB = 1_024 ** 2;

interface DataItem extends vscode.QuickPickItem {
  readonly row?: DataRow;
}

/** One list of all that is kept, each line with what can be done about it; open until something ends it. */
export async function showData(window: DataWindow): Promise<void> {
  for (;;) {
    const sections = dataSections(await readStoredData(window), window.logFolder);
    const items = sections.flatMap(({ title, rows }): DataItem[] => [
      { label: title, kind: vscode.QuickPickItemKind.Separator },
      ...rows.map((row) => ({ label: row.label, description: row.description, row })),
    ]);
    const chosen = await vscode.window.showQuickPick(items, {
      title: t("Where My Data Lies"),
      placeHolder: t("All that Onceover keeps, and what it never does. Choose a line to act on it"),
      matchOnDescription: true,
    });
    if (!chosen?.row || !(await act(window, chosen.row))) return;
  }
}

/** True: the list is shown again, as things are now. */
async function act(window: DataWindow, row: DataRow): Promise<boolean> {
  const { action } = row;
  switch (action.kind) {
    case "reveal":
      await reveal(action.path);
      return false;
    case "verify":
      await verify(window);
      return false;
    case "prune":
      return prune(window);
    case "erase":
      await eraseAll(window);
      return false;
    case "show-ignored":
      await vscode.commands.executeCommand("onceover.showDismissed");
      return false;
    case "copy":
      await copy([row.label.replace(/^\$\([\w-]+\) /, ""), row.description].filter(Boolean).join(": "));
      return false;
    case "delete-key":
    case "withdraw":
      await revoke(window, action);
      return true;
  }
}

type Revocation = Extract<DataAction, { readonly kind: "delete-key" | "withdraw" }>;

async function revoke(window: DataWindow, action: Revocation): Promise<void> {
  if (action.kind === "delete-key") {
    await offerDeletion(window.keys, action.key.provider, action.key.origin);
    return;
  }
  await createConsents(window.globalState).remove(action.origin);
  const whom = oneLine(describeOrigin(action.origin), 80);
  vscode.window.setStatusBarMessage(`$(globe) ${t("{0} gets no code before you have agreed again.", whom)}`, 5_000);
}

/** A window in a browser has no file explorer: there the path is what helps. */
async function reveal(path: string): Promise<void> {
  try {
    await vscode.commands.executeCommand("revealFileInOS", vscode.Uri.file(path));
  } catch {
    await copy(path);
  }
}

async function copy(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(`$(copy) ${t("On the clipboard: {0}", oneLine(text, 80))}`, 5_000);
}

async function verify(window: DataWindow): Promise<void> {
  const progress = { location: vscode.ProgressLocation.Window, title: t("Checking stored entries") };
  const engine = await window.engine();
  const { ok, checked, problems } = await vscode.window.withProgress(progress, () => engine.cache.verify());
  if (ok) {
    void vscode.window.showInformationMessage(t("All is sound: stored entries checked: {0}.", formatCount(checked)));
    return;
  }
  for (const problem of problems) window.logger.warn(`Verify: ${problem}`);
  const found = t("Damaged: {0} of {1} stored entries. They count as missing.", problems.length, formatCount(checked));
  const showLog = t("Show Log");
  void vscode.window.showWarningMessage(found, showLog).then((chosen) => {
    if (chosen === showLog) void vscode.commands.executeCommand("onceover.showLog");
  });
}

/** False: the user gave up. */
async function prune(window: DataWindow): Promise<boolean> {
  const typed = await vscode.window.showInputBox({
    title: t("Prune"),
    prompt: t("Megabytes of offline results to keep, the last used ones. Reviews and the record of costs stay."),
    value: String(DEFAULT_KEEP_MB),
    validateInput: (text) => (/^\s*\d+\s*$/.test(text) ? undefined : t("Enter a whole number, 0 or more.")),
  });
  if (typed === undefined) return false;
  const { cache } = await window.engine();
  const removed = await cache.prune(Number(typed) * BYTES_PER_MB);
  const { sizeBytes } = await cache.stats();
  const told = t("Results given up: {0}. The database takes {1}.", formatCount(removed), formatBytes(sizeBytes));
  vscode.window.setStatusBarMessage(`$(archive) ${told}`, 5_000);
  return true;
}
