/** The open folders, and the way between files and the paths that reports name. */
import * as vscode from "vscode";
import type { Folder } from "../core/engine.ts";
import { OnceoverError } from "../shared/errors.ts";
import { t } from "../shared/localize.ts";
import { readSettings } from "./configuration.ts";
import { absolutePathOf, reportedFolderOf, reportedPathOf, toEngineFolders } from "./folders.ts";
import type { RunInputs } from "./runController.ts";

function localFolders(): readonly vscode.WorkspaceFolder[] {
  return (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === "file");
}

function openFolders(): readonly Folder[] {
  return toEngineFolders(localFolders().map(({ name, uri }) => ({ name, path: uri.fsPath })));
}

/** Throws `missing-folder` or `invalid-setting`. */
export function readRunInputs(): RunInputs {
  const folders = openFolders();
  if (folders.length === 0) {
    throw new OnceoverError("missing-folder", t("No folder is open."), { advice: t("Open one to review it.") });
  }
  const settings = readSettings(localFolders().map((folder) => folder.uri));
  return { settings, folders, trusted: vscode.workspace.isTrusted };
}

export function uriOfPath(path: string): vscode.Uri | undefined {
  const absolute = absolutePathOf(openFolders(), path);
  return absolute === undefined ? undefined : vscode.Uri.file(absolute);
}

export function pathOfUri(uri: vscode.Uri): string | undefined {
  return uri.scheme === "file" ? reportedPathOf(openFolders(), uri.fsPath) : undefined;
}

export function folderPathOfUri(uri: vscode.Uri): string | undefined {
  return uri.scheme === "file" ? reportedFolderOf(openFolders(), uri.fsPath) : undefined;
}
