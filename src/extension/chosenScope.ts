/** What a run is about when files, folders or rows were clicked or selected. Loaded with the first such command. */
import * as vscode from "vscode";
import { OnceoverError } from "../shared/errors.ts";
import { t } from "../shared/localize.ts";
import { chosenRows, scopeOf, scopeOfRows } from "./chosenRows.ts";
import type { RunScope } from "./runController.ts";
import { folderPathOfUri, pathOfUri } from "./workspaceInputs.ts";

/**
 * Explorer and tree: what was clicked and all that is selected, folders with what is below them. Editor and palette:
 * the active file.
 * @throws usage when nothing of it lies in an open folder
 */
export async function chosenScope(clicked: unknown, selected: unknown): Promise<RunScope> {
  const rows = chosenRows(clicked, selected);
  if (rows.length > 0 && !(clicked instanceof vscode.Uri)) return scopeOfRows(rows);
  const several = Array.isArray(selected) ? selected.filter((one) => one instanceof vscode.Uri) : [];
  const one = clicked instanceof vscode.Uri ? clicked : vscode.window.activeTextEditor?.document.uri;
  return scopeOfUris(several.length > 0 ? several : one ? [one] : []);
}

/**
 * As `chosenScope`; from the palette a folder is asked for.
 * @returns undefined when the user gave up
 */
export async function chosenFolders(clicked: unknown, selected: unknown): Promise<RunScope | undefined> {
  if (clicked !== undefined) return chosenScope(clicked, selected);
  const first = vscode.workspace.workspaceFolders?.[0]?.uri;
  const picked = await vscode.window.showOpenDialog({
    title: t("Analyze Folder"),
    openLabel: t("Analyze"),
    canSelectFiles: false,
    canSelectFolders: true,
    canSelectMany: true,
    ...(first ? { defaultUri: first } : {}),
  });
  return picked && scopeOfUris(picked);
}

async function scopeOfUris(uris: readonly vscode.Uri[]): Promise<RunScope> {
  const only: string[] = [];
  const under: string[] = [];
  for (const uri of uris) {
    const isFolder = await holdsFiles(uri);
    const path = isFolder ? folderPathOfUri(uri) : pathOfUri(uri);
    if (path !== undefined) (isFolder ? under : only).push(path);
  }
  if (only.length + under.length === 0) {
    throw new OnceoverError("usage", t("No file or folder of the workspace is chosen."), {
      advice: t("Choose one, and try again."),
    });
  }
  return scopeOf({ under, only });
}

/** What is not there is a file that is not there: the run says so. */
async function holdsFiles(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.Directory) !== 0;
  } catch {
    return false;
  }
}
