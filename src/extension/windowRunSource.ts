/** What the webviews read: the mirror, and what the next run would use. */
import * as vscode from "vscode";
import { createDisposableStore } from "../shared/disposables.ts";
import type { PanelSettings } from "../shared/panelProtocol.ts";
import { DEFAULT_SETTINGS } from "../shared/settings.ts";
import { readSettings } from "./configuration.ts";
import { isEditorOrigin, isLoopback } from "../shared/endpoint.ts";
import { endpointOrigin } from "./endpoints.ts";
import { createListeners } from "./listeners.ts";
import type { RunMirror } from "./runMirror.ts";
import type { KeyRing } from "./secrets.ts";
import type { RunSource } from "./webview/runSource.ts";
import { uriOfPath } from "./workspaceInputs.ts";

export interface WindowRunSource extends RunSource, vscode.Disposable {
  /** Reads settings and key anew. */
  refresh(): Promise<void>;
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
  owned.add(
    mirror.onDidChange(() => {
      const isNew = mirror.lastReport() !== wasShown || mirror.isActive() !== wasActive;
      wasShown = mirror.lastReport();
      wasActive = mirror.isActive();
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
      settings = (await readPanelSettings(keys)) ?? settings;
      changes.fire();
    },
    dispose: () => owned.dispose(),
  };
}

/** undefined: a setting is invalid; the next run says which. */
async function readPanelSettings(keys: KeyRing): Promise<PanelSettings | undefined> {
  const engine = currentSettings()?.engine;
  if (!engine) return undefined;
  const { provider, model, budgetUsd } = engine;
  const origin = endpointOrigin(engine);
  const needsNone = origin === null || isLoopback(origin) || isEditorOrigin(origin);
  const keySet = needsNone || (await keys.apiKey(provider, origin)) !== undefined;
  return { provider, model, budgetUsd, keySet };
}

function currentSettings() {
  try {
    return readSettings([]);
  } catch {
    return undefined;
  }
}
