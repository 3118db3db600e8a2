/** Counts what the editor tells of changed files. It may tell late, or not at all of what `files.watcherExclude` names. */
import * as vscode from "vscode";
import { createDisposableStore, type DisposableLike } from "../shared/disposables.ts";
import { mayShapeReview } from "./mayShapeReview.ts";

export interface FileEvents extends DisposableLike {
  /** How many so far. */
  count(): number;
}

/** Created with what starts runs: nobody asks before. */
export function createFileEvents(): FileEvents {
  const owned = createDisposableStore();
  let changes = 0;
  const note = () => changes++;
  const noteFile = ({ path }: vscode.Uri) => {
    if (mayShapeReview(path)) note();
  };
  const watcher = owned.add(vscode.workspace.createFileSystemWatcher("**"));
  for (const tell of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) owned.add(tell(noteFile));
  // Known at once, long before the disk is heard of.
  const { onDidSaveTextDocument, onDidCreateFiles, onDidRenameFiles, onDidDeleteFiles } = vscode.workspace;
  for (const tell of [onDidSaveTextDocument, onDidCreateFiles, onDidRenameFiles, onDidDeleteFiles])
    owned.add(tell(note));
  owned.add(vscode.workspace.onDidChangeWorkspaceFolders(note));
  return { count: () => changes, dispose: () => owned.dispose() };
}
