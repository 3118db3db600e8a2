import * as vscode from "vscode";
import { createDisposableStore } from "../../shared/disposables.ts";
import { t } from "../../shared/localize.ts";
import type { FindingRef } from "../findingRef.ts";
import { connectWebview, type ConnectedWebview } from "./connectWebview.ts";
import type { RunSource } from "./runSource.ts";

const reportPanelType = "onceover.report";

export interface ReportPanel extends vscode.Disposable {
  /**
   * Opens the report beside what is being edited, or brings it to the front. There is one at a time.
   *
   * @param finding what to scroll to, once the page is there
   */
  show(finding?: FindingRef): void;
}

/** The report in an editor tab. It comes back after a window reload. */
export function createReportPanel(extensionUri: vscode.Uri, source: RunSource): ReportPanel {
  const store = createDisposableStore();
  let panel: vscode.WebviewPanel | undefined;
  let connected: ConnectedWebview | undefined;

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
      title: t("Onceover Report"),
      details: null,
    });
    connected = connection;
    const visibility = next.onDidChangeViewState(() => connection.setVisible(next.visible));
    next.onDidDispose(() => {
      visibility.dispose();
      connection.dispose();
      if (panel !== next) return;
      panel = undefined;
      connected = undefined;
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

  function open() {
    // Without the editor's own search, which would find only what is drawn: the page has one that finds everything.
    adopt(vscode.window.createWebviewPanel(reportPanelType, t("Onceover Report"), vscode.ViewColumn.Active));
  }

  return {
    show(finding) {
      if (panel) panel.reveal();
      else open();
      if (finding) connected?.showFinding(finding);
    },
    dispose: () => store.dispose(),
  };
}
