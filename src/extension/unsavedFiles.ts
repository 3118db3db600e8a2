/** Reviewed files whose editor holds changes that are not on disk. */
import * as vscode from "vscode";
import { createDisposableStore, type DisposableLike } from "../shared/disposables.ts";
import { createListeners } from "./listeners.ts";

export interface UnsavedFiles extends vscode.Disposable {
  has(path: string): boolean;
  count(): number;
  /** Documents in the editor may have changed their state, or other paths may be known now. */
  refresh(): void;
  /** Tells which paths are saved or unsaved now and were not before. */
  onDidChange(listener: (paths: readonly string[]) => void): DisposableLike;
}

/** @param pathOf the reported path of a file that was reviewed; undefined for every other one */
export function createUnsavedFiles(pathOf: (uri: vscode.Uri) => string | undefined): UnsavedFiles {
  const owned = createDisposableStore();
  const changes = createListeners<readonly string[]>();
  let unsaved = new Set<string>();

  const refresh = () => {
    const documents = vscode.workspace.textDocuments.filter((one) => one.isDirty);
    const next = new Set(documents.map((one) => pathOf(one.uri)).filter((path) => path !== undefined));
    const changed = [
      ...[...next].filter((path) => !unsaved.has(path)),
      ...[...unsaved].filter((path) => !next.has(path)),
    ];
    unsaved = next;
    if (changed.length > 0) changes.fire(changed);
  };
  const follow = (document: vscode.TextDocument) => {
    const path = pathOf(document.uri);
    // Fires for every keystroke: only the step between saved and unsaved matters.
    if (path !== undefined && unsaved.has(path) !== document.isDirty) refresh();
  };
  owned.add(vscode.workspace.onDidChangeTextDocument((event) => follow(event.document)));
  owned.add(vscode.workspace.onDidSaveTextDocument(follow));
  owned.add(vscode.workspace.onDidCloseTextDocument(refresh));
  return {
    has: (path) => unsaved.has(path),
    count: () => unsaved.size,
    refresh,
    onDidChange: (listener) => changes.add(listener),
    dispose: () => owned.dispose(),
  };
}
