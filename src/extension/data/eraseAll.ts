import * as vscode from "vscode";
import { t } from "../../shared/localize.ts";
import { readStoredData, type DataWindow } from "./dataWindow.ts";
import { eraseQuestion, isNothingStored } from "./storedData.ts";
import { eraseKeys } from "./storedKeys.ts";
import { eraseNotes } from "./storedNotes.ts";

/** Says what goes, asks, and erases it. Rejects with `store-busy` while a run elsewhere uses the store. */
export async function eraseAll(window: DataWindow): Promise<void> {
  const data = await readStoredData(window);
  if (!window.isRunning() && isNothingStored(data)) {
    void vscode.window.showInformationMessage(t("Onceover keeps nothing on this machine: there is nothing to erase."));
    return;
  }
  const question = eraseQuestion(data, window.isRunning());
  const options = { modal: true, detail: question.detail };
  if ((await vscode.window.showWarningMessage(question.title, options, question.accept)) !== question.accept) return;
  const progress = { location: vscode.ProgressLocation.Window, title: t("Erasing Onceover's data") };
  await vscode.window.withProgress(progress, () => carryOut(window));
  void vscode.window.showInformationMessage(t("All that Onceover kept on this machine is erased."));
}

/** The store first: while it is in use nothing at all goes. */
async function carryOut(window: DataWindow): Promise<void> {
  await window.cancel();
  await (await window.engine()).eraseAll();
  await eraseKeys(window.secrets);
  await eraseNotes(window.globalState, window.workspaceState, new Date());
  window.clearFindings();
}
