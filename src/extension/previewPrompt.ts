/** Shows what would be sent for a file, in a document that nobody can edit and nothing is saved of. */
import * as vscode from "vscode";
import type { PromptPreview } from "../core/engine.ts";
import { t, tCount } from "../shared/localize.ts";
import { oneLine } from "./oneLine.ts";
import type { PromptDocuments } from "./promptDocuments.ts";
import type { PreviewSource } from "./runController.ts";

/** Declared in package.json, where its documents wrap their lines. */
const LANGUAGE = "onceover-prompt";

/**
 * Lets the user pick a file, the largest at first, and opens its prompt. Resolves when they have closed it, at once when
 * they picked none: a question beside it would fade from the screen while they read.
 */
export async function showPromptPreview(
  documents: PromptDocuments,
  { files, prompt, signal }: PreviewSource,
): Promise<void> {
  const path = files.length > 1 ? await pickFile(files) : files[0];
  if (path === undefined) return;
  const preview = await prompt(path);
  const text = preview ? promptText(preview) : t("Nothing would be sent for {0}.", oneLine(path));
  const whole = `${divider(t("Close this tab to get back to the question"))}\n${text}`;
  const uri = documents.add(`${path}.prompt.txt`, whole);
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, LANGUAGE);
    await vscode.window.showTextDocument(document, { preview: false });
    await untilClosed(uri, signal);
  } finally {
    documents.forget(uri);
  }
}

/** Resolves too when the run was cancelled: nobody waits for an answer any more. */
async function untilClosed(uri: vscode.Uri, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = () => {
    if (signal.aborted || !isOpen(uri)) resolve();
  };
  const tabs = vscode.window.tabGroups.onDidChangeTabs(look);
  signal.addEventListener("abort", look);
  look();
  try {
    await promise;
  } finally {
    tabs.dispose();
    signal.removeEventListener("abort", look);
  }
}

function isOpen(uri: vscode.Uri): boolean {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
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
