/** The open folders, and the way between files and the paths that reports name. */
import * as vscode from "vscode";
import type { Folder } from "../core/engine.ts";
import { absolutePathOf, reportedFolderOf, reportedPathOf, toEngineFolders } from "./folders.ts";

export function localFolders(): readonly vscode.WorkspaceFolder[] {
  return (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === "file");
}

export function openFolders(): readonly Folder[] {
  return toEngineFolders(localFolders().map(({ name, uri }) => ({ name, path: uri.fsPath })));
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
