/** Shows what would be sent for a file, in a document that nobody can edit and nothing is saved of. */
import * as vscode from "vscode";
import type { PromptPreview } from "../core/engine.ts";
import { t, tCount } from "../shared/localize.ts";
import { oneLine } from "./oneLine.ts";
import type { PreviewSource } from "./runController.ts";

const SCHEME = "onceover-prompt";

/** Lets the user pick a file, the largest at first, and opens its prompt. False: they picked none. */
export async function showPromptPreview({ files, prompt }: PreviewSource): Promise<boolean> {
  const path = files.length > 1 ? await pickFile(files) : files[0];
  if (path === undefined) return false;
  const preview = await prompt(path);
  await show(path, preview ? promptText(preview) : t("Nothing would be sent for {0}.", oneLine(path)));
  return true;
}

async function pickFile(files: readonly string[]): Promise<string | undefined> {
  const items = files.map((path) => ({ path, label: oneLine(path) }));
  const title = t("Preview the Prompt of Which File?");
  const picked = await vscode.window.showQuickPick(items, { title, ignoreFocusOut: true });
  return picked?.path;
}

/** The parts stand there as they are sent, to the letter; what is put between them is marked. */
export function promptText({ parts, schema, requests }: PromptPreview): string {
  const more = tCount(requests, "One request for this file.", "The first of {0} requests for this file.");
  const texts = parts.map(({ role, text }) => `${divider(role)}\n${text}`);
  if (schema) texts.push(`${divider(t("the form of the reply (JSON schema)"))}\n${JSON.stringify(schema, null, 2)}`);
  return `${divider(more)}\n${texts.join("\n\n")}\n`;
}

function divider(text: string): string {
  return `───── ${text} ─────`;
}

let shown = 0;

async function show(path: string, text: string): Promise<void> {
  // A number keeps VS Code from showing an earlier text under the same name.
  const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${path}.prompt.txt`, query: String(++shown) });
  const provider = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: () => text,
  });
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: false });
  } finally {
    provider.dispose();
  }
}
