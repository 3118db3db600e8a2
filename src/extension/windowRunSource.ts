/** What the webviews read: the mirror, and what the next run would use. */
import * as vscode from "vscode";
import { createDisposableStore } from "../shared/disposables.ts";
import type { PanelSettings } from "../shared/panelProtocol.ts";
import { DEFAULT_SETTINGS } from "../shared/settings.ts";
import { loadChunk } from "./chunks.ts";
import { createListeners } from "./listeners.ts";
import type { RunMirror } from "./runMirror.ts";
import type { KeyRing } from "./secrets.ts";
import type { RunState } from "../shared/runView.ts";
import type { RunSource } from "./webview/runSource.ts";
import { uriOfPath } from "./workspaceInputs.ts";

export interface WindowRunSource extends RunSource, vscode.Disposable {
  /** Reads settings and key anew. */
  refresh(): Promise<void>;
}

/** That a run was cut off is found out after the views have asked for it, and no event tells of it. */
function isCutOff(mirror: RunMirror, wasState: RunState | undefined): boolean {
  return mirror.current()?.state === "interrupted" && wasState !== "interrupted";
}

export function createWindowRunSource(mirror: RunMirror, keys: KeyRing): WindowRunSource {
  const owned = createDisposableStore();
  const changes = createListeners<void>();
  let settings: PanelSettings = {
    provider: "offline",
    model: null,
    budgetUsd: DEFAULT_SETTINGS.budgetUsd,
    keySet: true,
  };

  let wasShown = mirror.lastReport();
  let wasActive = mirror.isActive();
  let wasState = mirror.current()?.state;
  owned.add(
    mirror.onDidChange(() => {
      const isNew = mirror.lastReport() !== wasShown || mirror.isActive() !== wasActive || isCutOff(mirror, wasState);
      wasShown = mirror.lastReport();
      wasActive = mirror.isActive();
      wasState = mirror.current()?.state;
      if (isNew) changes.fire();
    }),
  );
  return {
    current: () => mirror.current(),
    onEvent: (listener) => mirror.onEvent(listener),
    replay: (sinceSeq) => mirror.replay(sinceSeq),
    lastReport: () => mirror.lastReport(),
    recent: () => mirror.recent(),
    settings: () => settings,
    isTrusted: () => vscode.workspace.isTrusted,
    onDidChange: (listener) => changes.add(listener),
    monotonicMs: () => performance.now(),
    resolve: (path) => (mirror.knows(path) ? (uriOfPath(path) ?? null) : null),
    async refresh() {
      const { readPanelSettings } = await loadChunk(() => import("./panelSettings.ts"));
      settings = (await readPanelSettings(keys)) ?? settings;
      changes.fire();
    },
    dispose: () => owned.dispose(),
  };
}
