import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { createDisposableStore } from "../../shared/disposables.ts";
import { translationsInUse } from "../../shared/localize.ts";
import { parseViewMessage } from "../../shared/panelMessages.ts";
import type { HostMessage } from "../../shared/panelProtocol.ts";
import { loadChunk } from "../chunks.ts";
import type { FindingRef } from "../findingRef.ts";
import { scheduleTimeout } from "./coalescer.ts";
import { openLocation } from "./openLocation.ts";
import type { RunDetailsReader } from "./runDetails.ts";
import type { RunSource } from "./runSource.ts";
import { createViewFeed } from "./viewFeed.ts";
import { webviewHtml } from "./webviewHtml.ts";

export interface ConnectOptions {
  readonly webview: vscode.Webview;
  readonly extensionUri: vscode.Uri;
  readonly source: RunSource;
  /** Also the name of its script and style sheet in `dist/webview`. */
  readonly kind: "panel" | "report";
  readonly title: string;
  readonly details: Pick<RunDetailsReader, "details" | "files"> | null;
}

export interface ConnectedWebview extends vscode.Disposable {
  /** The editor throws hidden pages away; the page of a view that is shown again starts anew. */
  setVisible(visible: boolean): void;
  /** Scrolls to a finding; a page that is not loaded yet does it when it is. */
  showFinding(finding: FindingRef): void;
}

/** Loads a view's page and lets it and the run speak to each other until it is disposed. */
export function connectWebview(options: ConnectOptions): ConnectedWebview {
  const { webview, extensionUri, source, kind, title, details } = options;
  const root = vscode.Uri.joinPath(extensionUri, "dist", "webview");
  const store = createDisposableStore();
  const feed = store.add(
    createViewFeed({
      source,
      schedule: scheduleTimeout,
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the editor's own function, not a window's
      post: (message: HostMessage) => void webview.postMessage(message),
      details,
      withReport: kind === "report",
    }),
  );
  // Before the page is loaded: its first message must not be missed.
  store.add(webview.onDidReceiveMessage((raw) => receive(raw)));
  webview.options = { enableScripts: true, localResourceRoots: [root] };
  webview.html = webviewHtml({
    title,
    scriptUri: webview.asWebviewUri(vscode.Uri.joinPath(root, `${kind}.js`)).toString(),
    styleUri: webview.asWebviewUri(vscode.Uri.joinPath(root, `${kind}.css`)).toString(),
    cspSource: webview.cspSource,
    nonce: randomBytes(18).toString("base64url"),
    translations: translationsInUse(),
  });

  async function receive(raw: unknown): Promise<void> {
    const message = parseViewMessage(raw);
    switch (message?.type) {
      case "ready":
        return feed.ready(message);
      case "command":
        await vscode.commands.executeCommand(
          `onceover.${message.command}`,
          ...(message.setting ? [message.setting] : []),
        );
        return;
      case "files":
        return feed.wishFiles(message.wish);
      case "open":
        return openLocation(source, message);
      case "copy": {
        const { copyFinding } = await loadChunk(() => import("./copyFinding.ts"));
        return copyFinding(source, message);
      }
    }
  }

  return {
    setVisible(visible) {
      if (!visible) feed.hidden();
    },
    showFinding: (finding) => feed.showFinding(finding),
    dispose: () => store.dispose(),
  };
}
