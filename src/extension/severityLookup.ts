import * as vscode from "vscode";
import type { Severity } from "../shared/report.ts";
import { readMinimumSeverity } from "./configuration.ts";

/**
 * The lowest severity that is shown of a reported path. Settings are read once per folder, and for all of the lookup's
 * life: make one per update.
 */
export function createSeverityLookup(uriOf: (path: string) => vscode.Uri | undefined): (path: string) => Severity {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const first = folders[0]?.uri;
  if (folders.length <= 1) {
    const only = readMinimumSeverity(first);
    return () => only;
  }
  const known = new Map(folders.map((folder) => [folder.uri.toString(), readMinimumSeverity(folder.uri)]));
  let last: { readonly path: string; readonly minimum: Severity } | undefined;
  return (path) => {
    // Findings are asked about file by file.
    if (last?.path === path) return last.minimum;
    const uri = uriOf(path);
    const folder = uri && vscode.workspace.getWorkspaceFolder(uri);
    last = { path, minimum: (folder && known.get(folder.uri.toString())) ?? "info" };
    return last.minimum;
  };
}
