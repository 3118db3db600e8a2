/** Saving a file of our own making where the user says, and telling how it went. */
import path from "node:path";
import * as vscode from "vscode";
import { escapeLine } from "../shared/escapeText.ts";
import { t } from "../shared/localize.ts";
import { plainMessage } from "./plainMessage.ts";
import { localFolders } from "./workspaceInputs.ts";

export interface SavedFile {
  readonly title: string;
  /** With its extension; where it lies is asked. */
  readonly name: string;
  /** What the extension is called in the dialog. */
  readonly kind: string;
  /** Writes the whole file; called again when the user chooses another place. */
  write(target: vscode.Uri): PromiseLike<void>;
}

/** Resolves when the file is written, or the user has given up. */
export async function saveFile({ title, name, kind, write }: SavedFile): Promise<void> {
  const folder = localFolders()[0]?.uri;
  const extension = path.extname(name).slice(1);
  for (;;) {
    const target = await vscode.window.showSaveDialog({
      title,
      saveLabel: t("Export"),
      filters: { [kind]: [extension] },
      ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
    });
    if (!target) return;
    try {
      await write(target);
      return offerToShow(target);
    } catch (error) {
      const another = t("Save Elsewhere…");
      const reason = escapeLine(error instanceof Error ? error.message : String(error));
      const text = t("{0} could not be written: {1}", nameOf(target), reason);
      if ((await vscode.window.showErrorMessage(plainMessage(text), another)) !== another) return;
    }
  }
}

export function writeText(text: string): SavedFile["write"] {
  return (target) => vscode.workspace.fs.writeFile(target, Buffer.from(text));
}

/** Nobody waits for the answer: the file is written. */
function offerToShow(target: vscode.Uri): void {
  const show = t("Reveal in File Explorer");
  const told = vscode.window.showInformationMessage(plainMessage(t("Saved as {0}.", nameOf(target))), show);
  void told.then((chosen) => (chosen === show ? vscode.commands.executeCommand("revealFileInOS", target) : undefined));
}

function nameOf(target: vscode.Uri): string {
  return escapeLine(path.posix.basename(target.path));
}
