/** Reviewed files whose editor holds changes that are not on disk. */
import * as vscode from "vscode";
import { createDisposableStore, type DisposableLike } from "../shared/disposables.ts";
import { createListeners } from "./listeners.ts";

export interface UnsavedFiles extends vscode.Disposable {
  has(path: string): boolean;
  count(): number;
  /** Documents in the editor may have changed their state, or other paths may be known now. */
  refresh(): void;
  onDidChange(listener: () => void): DisposableLike;
}

/** @param pathOf the reported path of a file that was reviewed; undefined for every other one */
export function createUnsavedFiles(pathOf: (uri: vscode.Uri) => string | undefined): UnsavedFiles {
  const owned = createDisposableStore();
  const changes = createListeners<void>();
  let unsaved = new Set<string>();

  const refresh = () => {
    const documents = vscode.workspace.textDocuments.filter((one) => one.isDirty);
    const next = new Set(documents.map((one) => pathOf(one.uri)).filter((path) => path !== undefined));
    const isSame = next.size === unsaved.size && [...next].every((path) => unsaved.has(path));
    unsaved = next;
    if (!isSame) changes.fire();
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
