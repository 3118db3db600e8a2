/** What VS Code keeps for this extension: notes for all workspaces, notes for this one, and API keys. */
import type { Memento } from "../memory.ts";

/** The part of `vscode.Memento` that is used. */
export interface NoteStore extends Memento {
  keys(): readonly string[];
}

/** When everything was erased last. A workspace whose own mark is another one has not been told yet. */
const ERASED = "onceover.erased";

/** Forgets the notes of this workspace if everything was erased while it was not open. What it reads then is empty. */
export function forgetIfErased(allWorkspaces: NoteStore, workspace: NoteStore): void {
  const mark = allWorkspaces.get<string>(ERASED);
  if (mark !== undefined && mark !== workspace.get<string>(ERASED)) void forgetNotes(workspace, mark);
}

/** Forgets the notes for all workspaces and those of this one; the others forget theirs when they are next opened. */
export async function eraseNotes(allWorkspaces: NoteStore, workspace: NoteStore, erasedAt: Date): Promise<void> {
  const mark = erasedAt.toISOString();
  await forgetNotes(workspace, mark);
  await forgetNotes(allWorkspaces, mark);
}

/** Whatever their names are: a note that is added later is forgotten too. */
async function forgetNotes(notes: NoteStore, mark: string): Promise<void> {
  const names = notes.keys().filter((name) => name !== ERASED);
  await Promise.all([...names.map((name) => notes.update(name, undefined)), notes.update(ERASED, mark)]);
}
