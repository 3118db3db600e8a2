/** The texts of prompt previews. Registered from the start: a tab may outlive the extension host that opened it. */
import * as vscode from "vscode";
import { createDisposableStore } from "../shared/disposables.ts";
import { t } from "../shared/localize.ts";

const SCHEME = "onceover-prompt";

export interface PromptDocuments extends vscode.Disposable {
  /**
   * Keeps `text` until it is forgotten, and says where it is.
   *
   * @param name of the tab
   */
  add(name: string, text: string): vscode.Uri;
  forget(uri: vscode.Uri): void;
}

export function createPromptDocuments(): PromptDocuments {
  const owned = createDisposableStore();
  const texts = new Map<string, string>();
  let count = 0;
  const provideTextDocumentContent = (uri: vscode.Uri) =>
    texts.get(uri.toString()) ??
    t("This preview has ended: the question that it belonged to is no longer open. Analyze again to see a prompt.");
  const changed = owned.add(new vscode.EventEmitter<vscode.Uri>());
  const provider = { onDidChange: changed.event, provideTextDocumentContent };
  owned.add(vscode.workspace.registerTextDocumentContentProvider(SCHEME, provider));
  // What an extension host that has crashed left behind still asks for an answer.
  for (const uri of openPreviews()) changed.fire(uri);
  return {
    add(name, text) {
      // A number and a time keep VS Code from showing an earlier text under the same name.
      const query = `${Date.now()}.${++count}`;
      const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name}`, query });
      texts.set(uri.toString(), text);
      return uri;
    },
    forget: (uri) => void texts.delete(uri.toString()),
    dispose: () => owned.dispose(),
  };
}

function openPreviews(): vscode.Uri[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const uris = tabs.flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri] : []));
  return uris.filter((uri) => uri.scheme === SCHEME);
}
