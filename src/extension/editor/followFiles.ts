/** Findings go with a file that is renamed in the editor, and with one that is deleted. */
import * as vscode from "vscode";
import { createDisposableStore } from "../../shared/disposables.ts";
import type { FindingsStore } from "../findingsStore.ts";

export function followFiles(
  findings: FindingsStore,
  pathOf: (uri: vscode.Uri) => string | undefined,
): vscode.Disposable {
  const owned = createDisposableStore();
  owned.add(
    vscode.workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files) {
        const from = pathOf(oldUri);
        // Out of every open folder: it is as good as deleted.
        if (from !== undefined) findings.moveFiles(from, pathOf(newUri) ?? null);
      }
    }),
  );
  owned.add(
    vscode.workspace.onDidDeleteFiles(({ files }) => {
      for (const uri of files) {
        const path = pathOf(uri);
        if (path !== undefined) findings.moveFiles(path, null);
      }
    }),
  );
  return owned;
}
