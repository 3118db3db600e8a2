import * as vscode from "vscode";
import { createDisposableSlot, createDisposableStore } from "../../shared/disposables.ts";
import { t } from "../../shared/localize.ts";
import { connectWebview, type ConnectedWebview } from "./connectWebview.ts";
import { createRunDetailsReader } from "./runDetails.ts";
import type { RunSource } from "./runSource.ts";

const performanceViewId = "onceover.performance";

/** Registers the panel in the sidebar. It follows runs from now on, whether it is shown or not. */
export function registerPerformanceView(extensionUri: vscode.Uri, source: RunSource): vscode.Disposable {
  const store = createDisposableStore();
  const reader = createRunDetailsReader();
  const connected = store.add(createDisposableSlot<ConnectedWebview>());
  for (const event of source.replay(0)) reader.push(event);
  store.add(source.onEvent((event) => reader.push(event)));

  const provider: vscode.WebviewViewProvider = {
    resolveWebviewView(view) {
      const connection = connected.replace(
        connectWebview({
          webview: view.webview,
          extensionUri,
          source,
          kind: "panel",
          title: t("Onceover: Performance"),
          details: reader.details,
        }),
      );
      const visibility = view.onDidChangeVisibility(() => connection.setVisible(view.visible));
      view.onDidDispose(() => {
        visibility.dispose();
        connection.dispose();
      });
    },
  };
  store.add(vscode.window.registerWebviewViewProvider(performanceViewId, provider));
  return store;
}
