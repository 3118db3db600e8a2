import * as vscode from "vscode";
import { t } from "../shared/localize.ts";
import type { KeyRing } from "./secrets.ts";
import { keyProblem } from "./inputProblems.ts";

/** Asks for the key of one origin; an empty answer offers to delete the one that is there. True: a key is set now. */
export async function setApiKey(keys: KeyRing, provider: string, origin: string): Promise<boolean> {
  const existing = await keys.apiKey(provider, origin);
  const key = await vscode.window.showInputBox({
    title: t("API Key for {0}", origin),
    prompt: t("Kept in VS Code's secret storage and sent to this address alone."),
    placeHolder: existing ? t("A key is set. Enter a new one, or nothing to delete it.") : t("Paste the key"),
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => keyProblem(text),
  });
  if (key === undefined) return existing !== undefined;
  if (key.trim() === "") return existing === undefined ? false : offerDeletion(keys, provider, origin);
  await keys.setApiKey(provider, origin, key);
  vscode.window.setStatusBarMessage(`$(key) ${t("The key for {0} is set.", origin)}`, 5_000);
  return true;
}

/** Asks first. True: the key is still there. */
export async function offerDeletion(keys: KeyRing, provider: string, origin: string): Promise<boolean> {
  const accept = t("Delete Key");
  const chosen = await vscode.window.showWarningMessage(t("Delete the key for {0}?", origin), { modal: true }, accept);
  if (chosen !== accept) return true;
  await keys.deleteApiKey(provider, origin);
  vscode.window.setStatusBarMessage(`$(key) ${t("The key for {0} was deleted.", origin)}`, 5_000);
  return false;
}
