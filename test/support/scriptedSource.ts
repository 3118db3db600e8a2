import { createEventHistory } from "../../src/extension/webview/eventHistory.ts";
import type { RunSource } from "../../src/extension/webview/runSource.ts";
import type { RunEvent, RunListener } from "../../src/shared/events.ts";
import type { MemoryFigures } from "../../src/shared/memoryFigures.ts";
import type { Outstanding, Spending } from "../../src/shared/panelFigures.ts";
import type { PanelSettings, RunActivity, RunSummary } from "../../src/shared/panelProtocol.ts";
import type { Report } from "../../src/shared/report.ts";
import { createRunReader } from "../../src/shared/runReader.ts";
import type { RunReader } from "../../src/shared/runView.ts";

export interface ScriptedSource extends RunSource {
  /** All that was played, also what a late reader is not told. */
  readonly played: readonly RunEvent[];
  push(event: RunEvent): void;
  change(changes: Partial<ScriptedFacts>): void;
}

export interface ScriptedFacts {
  readonly settings: PanelSettings;
  readonly trusted: boolean;
  readonly activity: RunActivity;
  readonly recent: readonly RunSummary[];
  readonly lastReport: Report | null;
  readonly memory: MemoryFigures | null;
  readonly spending: Spending | null;
  readonly overnight: Outstanding | null;
}

const offlineSettings: PanelSettings = { provider: "offline", model: null, budgetUsd: 1, keySet: true };

/** A source that plays what a test gives it. It knows no files: `resolve` finds none. */
export function scriptedSource(initial: Partial<ScriptedFacts> = {}): ScriptedSource {
  const listeners = new Set<RunListener>();
  const changeListeners = new Set<() => void>();
  const history = createEventHistory();
  let facts: ScriptedFacts = {
    settings: offlineSettings,
    trusted: true,
    activity: "none",
    recent: [],
    lastReport: null,
    memory: null,
    spending: null,
    overnight: null,
    ...initial,
  };
  let reader: RunReader | null = null;
  const played: RunEvent[] = [];
  let nowMs = 0;
  return {
    played,
    push(event) {
      played.push(event);
      reader ??= createRunReader();
      reader.push(event);
      history.push(event);
      nowMs = event.monotonicMs;
      if (event.type === "run-end") facts = { ...facts, lastReport: event.report };
      for (const listener of listeners) listener(event);
    },
    change(changes) {
      facts = { ...facts, ...changes };
      for (const listener of changeListeners) listener();
    },
    current: () => reader?.view() ?? null,
    onEvent(listener) {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
    replay: (sinceSeq) => history.since(sinceSeq),
    lastReport: () => facts.lastReport,
    recent: () => facts.recent,
    memory: () => facts.memory,
    spending: () => facts.spending,
    overnight: () => facts.overnight,
    settings: () => facts.settings,
    isTrusted: () => facts.trusted,
    activity: () => facts.activity,
    onDidChange(listener) {
      changeListeners.add(listener);
      return { dispose: () => changeListeners.delete(listener) };
    },
    monotonicMs: () => nowMs,
    resolve: () => null,
  };
}
