import * as vscode from "vscode";
import { createDisposableSlot, createDisposableStore } from "../../shared/disposables.ts";
import { t } from "../../shared/localize.ts";
import { connectWebview, type ConnectedWebview } from "./connectWebview.ts";
import { createRunDetailsReader } from "./runDetails.ts";
import type { RunSource } from "./runSource.ts";

const performanceViewId = "onceover.performance";
const performancePanelType = "onceover.performancePanel";

export interface PerformanceView extends vscode.Disposable {
  /** The same panel as an editor tab; there is one at a time, and it comes back after a window reload. */
  openInEditor(): void;
}

/** Registers the panel in the sidebar. It follows runs from now on, whether it is shown or not. */
export function registerPerformanceView(extensionUri: vscode.Uri, source: RunSource): PerformanceView {
  const store = createDisposableStore();
  const reader = createRunDetailsReader();
  for (const event of source.replay(0)) reader.push(event);
  store.add(source.onEvent((event) => reader.push(event)));
  const connect = (webview: vscode.Webview) =>
    connectWebview({ webview, extensionUri, source, kind: "panel", title: panelTitle(), details: reader });

  const connected = store.add(createDisposableSlot<ConnectedWebview>());
  const provider: vscode.WebviewViewProvider = {
    resolveWebviewView(view) {
      const connection = connected.replace(connect(view.webview));
      const visibility = view.onDidChangeVisibility(() => connection.setVisible(view.visible));
      view.onDidDispose(() => {
        visibility.dispose();
        connection.dispose();
      });
    },
  };
  store.add(vscode.window.registerWebviewViewProvider(performanceViewId, provider));
  const tab = store.add(createEditorTab(extensionUri, connect));
  return { openInEditor: tab.show, dispose: () => store.dispose() };
}

const panelTitle = () => t("Onceover: Performance");

interface EditorTab extends vscode.Disposable {
  show(): void;
}

function createEditorTab(extensionUri: vscode.Uri, connect: (webview: vscode.Webview) => ConnectedWebview): EditorTab {
  const store = createDisposableStore();
  let tab: vscode.WebviewPanel | undefined;

  function adopt(next: vscode.WebviewPanel) {
    tab?.dispose();
    tab = next;
    next.iconPath = {
      light: vscode.Uri.joinPath(extensionUri, "media", "report-light.svg"),
      dark: vscode.Uri.joinPath(extensionUri, "media", "report-dark.svg"),
    };
    const connection = connect(next.webview);
    const visibility = next.onDidChangeViewState(() => connection.setVisible(next.visible));
    next.onDidDispose(() => {
      visibility.dispose();
      connection.dispose();
      if (tab === next) tab = undefined;
    });
  }

  store.add({ dispose: () => tab?.dispose() });
  store.add(
    vscode.window.registerWebviewPanelSerializer(performancePanelType, {
      async deserializeWebviewPanel(restored) {
        adopt(restored);
      },
    }),
  );
  return {
    show() {
      if (tab) return tab.reveal();
      adopt(vscode.window.createWebviewPanel(performancePanelType, panelTitle(), vscode.ViewColumn.Active));
    },
    dispose: () => store.dispose(),
  };
}
