import * as vscode from "vscode";
import { createDisposableStore } from "../../shared/disposables.ts";
import { connectWebview } from "./connectWebview.ts";
import type { RunSource } from "./runSource.ts";

const reportPanelType = "onceover.report";

export interface ReportPanel extends vscode.Disposable {
  /** Opens the report beside what is being edited, or brings it to the front. There is one at a time. */
  show(): void;
}

/** The report in an editor tab. It comes back after a window reload. */
export function createReportPanel(extensionUri: vscode.Uri, source: RunSource): ReportPanel {
  const store = createDisposableStore();
  let panel: vscode.WebviewPanel | undefined;

  function adopt(next: vscode.WebviewPanel) {
    panel?.dispose();
    panel = next;
    next.iconPath = {
      light: vscode.Uri.joinPath(extensionUri, "media", "report-light.svg"),
      dark: vscode.Uri.joinPath(extensionUri, "media", "report-dark.svg"),
    };
    const connection = connectWebview({
      webview: next.webview,
      extensionUri,
      source,
      kind: "report",
      title: "Onceover Report",
      details: null,
    });
    const visibility = next.onDidChangeViewState(() => connection.setVisible(next.visible));
    next.onDidDispose(() => {
      visibility.dispose();
      connection.dispose();
      if (panel === next) panel = undefined;
    });
  }

  store.add({ dispose: () => panel?.dispose() });
  store.add(
    vscode.window.registerWebviewPanelSerializer(reportPanelType, {
      async deserializeWebviewPanel(restored) {
        adopt(restored);
      },
    }),
  );

  return {
    show() {
      if (panel) return panel.reveal();
      const options = { enableFindWidget: true };
      adopt(vscode.window.createWebviewPanel(reportPanelType, "Onceover Report", vscode.ViewColumn.Active, options));
    },
    dispose: () => store.dispose(),
  };
}
