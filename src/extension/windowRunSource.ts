/** What the webviews read: the mirror, and what the next run would use. */
import * as vscode from "vscode";
import { createDisposableStore } from "../shared/disposables.ts";
import { isOver } from "../shared/dailyBudget.ts";
import type { Spending } from "../shared/panelFigures.ts";
import type { PanelSettings, RunActivity } from "../shared/panelProtocol.ts";
import { DEFAULT_SETTINGS } from "../shared/settings.ts";
import { loadChunk } from "./chunks.ts";
import { createListeners } from "./listeners.ts";
import type { OvernightNote } from "./overnight/overnightNote.ts";
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

function activityOf(mirror: RunMirror): RunActivity {
  if (mirror.isAsking()) return "asking";
  return mirror.isStarting() ? "starting" : "none";
}

/** @param readSpending null: nothing has been loaded that could know */
export function createWindowRunSource(
  mirror: RunMirror,
  keys: KeyRing,
  readSpending: () => Promise<Spending | null>,
  overnight: OvernightNote,
): WindowRunSource {
  const owned = createDisposableStore();
  const changes = createListeners<void>();
  let settings: PanelSettings = {
    provider: "offline",
    model: null,
    budgetUsd: DEFAULT_SETTINGS.budgetUsd,
    keySet: true,
  };

  let spending: Spending | null = null;
  const renewSpending = async () => {
    // What cannot be read is not known: the panel leaves it out.
    spending = await readSpending().catch(() => null);
    changes.fire();
  };
  const currentSpending = () => {
    const known = spending;
    if (!known || !isOver(known.today, Date.now())) return known;
    // Asked for once: what was spent on a day that is over is nobody's "today".
    spending = null;
    void renewSpending();
    return null;
  };

  let wasShown = mirror.lastReport();
  let wasActive = mirror.isActive();
  let wasState = mirror.current()?.state;
  let wasDoing = activityOf(mirror);
  owned.add(
    mirror.onDidChange(() => {
      const isNew = mirror.lastReport() !== wasShown || mirror.isActive() !== wasActive || isCutOff(mirror, wasState);
      const isDoingElse = activityOf(mirror) !== wasDoing;
      wasShown = mirror.lastReport();
      wasActive = mirror.isActive();
      wasState = mirror.current()?.state;
      wasDoing = activityOf(mirror);
      if (isNew || isDoingElse) changes.fire();
      if (isNew && !mirror.isActive()) void renewSpending();
    }),
  );
  owned.add(overnight.onDidChange(() => changes.fire()));
  return {
    current: () => mirror.current(),
    onEvent: (listener) => mirror.onEvent(listener),
    replay: (sinceSeq) => mirror.replay(sinceSeq),
    lastReport: () => mirror.lastReport(),
    recent: () => mirror.recent(),
    memory: () => mirror.memory(),
    spending: currentSpending,
    overnight: () => overnight.current(),
    settings: () => settings,
    isTrusted: () => vscode.workspace.isTrusted,
    activity: () => activityOf(mirror),
    onDidChange: (listener) => changes.add(listener),
    monotonicMs: () => performance.now(),
    resolve: (path) => (mirror.knows(path) ? (uriOfPath(path) ?? null) : null),
    async refresh() {
      const { readPanelSettings } = await loadChunk(() => import("./panelSettings.ts"));
      settings = (await readPanelSettings(keys)) ?? settings;
      changes.fire();
      await renewSpending();
    },
    dispose: () => owned.dispose(),
  };
}
