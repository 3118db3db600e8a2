/**
 * The run as this window knows it: under way, ended, cut off by a reload, or only remembered from a stored report.
 * Status bar, tree and webviews all read it from here, so that they show the same figures.
 */
import { cacheSharesOf } from "../shared/cacheShares.ts";
import type { RunEvent, RunListener } from "../shared/events.ts";
import type { MemoryFigures } from "../shared/memoryFigures.ts";
import type { RunSummary } from "../shared/panelProtocol.ts";
import type { Report } from "../shared/report.ts";
import type { RunReader, RunView } from "../shared/runView.ts";
import type { DisposableLike } from "../shared/disposables.ts";
import { createListeners } from "./listeners.ts";
import { createEventHistory } from "./webview/eventHistory.ts";

export interface RunFailure {
  readonly code: string;
  readonly message: string;
}

export interface RunMirror {
  /** From the command to the end, the time before the first event included. */
  isActive(): boolean;
  /** The run waits for its user's answer, before it sends anything or at the agreed sum. */
  isAsking(): boolean;
  /** A run was asked for and has sent no event yet; what is shown is the one before. */
  isStarting(): boolean;
  /** This window's run; null before the first one. */
  current(): RunView | null;
  /** This window's run, else the stored report's. */
  shown(): RunView | null;
  lastReport(): Report | null;
  /** Earlier runs, newest first, at most 20. */
  recent(): readonly RunSummary[];
  replay(sinceSeq: number): readonly RunEvent[];
  /** null: nothing was run in this window yet. */
  memory(): MemoryFigures | null;
  /** Whether the current run or the last report knows exactly that path. */
  knows(path: string): boolean;
  onEvent(listener: RunListener): DisposableLike;
  /** Any of the above may answer differently now. */
  onDidChange(listener: () => void): DisposableLike;

  /** Where figures of memory come from, once something watches it. */
  watchMemory(read: () => MemoryFigures): void;
  /** @param newReader makes the reader of the run's events; handed in, because it is loaded with the first run */
  begin(newReader: () => RunReader): void;
  /** A question about the run is open, or closed again. */
  asking(isOpen: boolean): void;
  push(event: RunEvent): void;
  /** The run is over; `failure` when it ended without a report. */
  end(failure: RunFailure | null): void;
  /** A reload cut off a run. */
  markInterrupted(idle: RunView): void;
  restore(report: Report, view: RunView): void;
  restoreRecent(runs: readonly RunSummary[]): void;
  forget(): void;
}

const MAX_RECENT = 20;

/** @param monotonicMs the clock of the events; missing: a run under way stands where its last event left it */
export function createRunMirror(monotonicMs?: () => number): RunMirror {
  const events = createListeners<RunEvent>();
  const changes = createListeners<void>();
  let reader: RunReader | null = null;
  let history = createEventHistory();
  let isActive = false;
  let isAsking = false;
  let interrupted: RunView | null = null;
  let makeReader: (() => RunReader) | undefined;
  /** False while what `reader` holds is the run before the one that was begun last. */
  let hasStarted = false;
  /** Of what `reader` holds. */
  let runFailure: RunFailure | null = null;
  /** Of a run that was begun and had not started yet. */
  let startFailure: RunFailure | null = null;
  let stored: { readonly report: Report; readonly view: RunView; readonly paths: ReadonlySet<string> } | null = null;
  let recent: readonly RunSummary[] = [];
  let readMemory: (() => MemoryFigures) | null = null;

  const isUnderWay = () => isActive && hasStarted;
  /** The run that has sent events last, whatever was begun since. */
  const held = (): RunView | null => {
    if (!reader) return null;
    if (isUnderWay()) return reader.view(monotonicMs?.());
    return withFindingsOf(stored, settled(reader.view(), runFailure), isActive);
  };
  const current = (): RunView | null => {
    const unstarted = startFailure && makeReader?.().view();
    return unstarted ? settled(unstarted, startFailure) : (held() ?? interrupted);
  };
  const shown = () => current() ?? stored?.view ?? null;
  const earlier = () => {
    const last = startFailure ? held() : null;
    return last && last.runId !== "" ? [summaryOf(last, stored?.report ?? null), ...recent] : recent;
  };
  const remember = (report: Report, view: RunView) => {
    const isSame = stored?.report.files === report.files;
    const paths = stored && isSame ? stored.paths : new Set(report.files.map((file) => file.path));
    stored = { report, view, paths };
  };

  return {
    isActive: () => isActive,
    isAsking: () => isAsking,
    isStarting: () => isActive && !hasStarted,
    current,
    shown,
    lastReport: () => stored?.report ?? null,
    recent() {
      const shownId = shown()?.runId;
      return earlier().filter((run) => run.runId !== shownId);
    },
    replay: (sinceSeq) => history.since(sinceSeq),
    memory: () => readMemory?.() ?? null,
    knows: (path) => history.knows(path) || stored?.paths.has(path) === true,
    onEvent: (listener) => events.add(listener),
    onDidChange: (listener) => changes.add(listener),

    watchMemory(read) {
      readMemory = read;
      changes.fire();
    },
    begin(newReader) {
      makeReader = newReader;
      isActive = true;
      hasStarted = false;
      interrupted = null;
      startFailure = null;
      changes.fire();
    },
    asking(isOpen) {
      isAsking = isOpen;
      changes.fire();
    },
    push(event) {
      if (event.type === "run-start") {
        const before = held();
        if (before) recent = [summaryOf(before, stored?.report ?? null), ...recent].slice(0, MAX_RECENT);
        reader = makeReader?.() ?? null;
        runFailure = null;
        hasStarted = true;
      }
      reader?.push(event);
      history.push(event);
      if (event.type === "run-end" && reader) remember(event.report, reader.view());
      events.fire(event);
      changes.fire();
    },
    end(cause) {
      isActive = false;
      isAsking = false;
      if (hasStarted) runFailure = cause;
      else startFailure = cause;
      changes.fire();
    },
    markInterrupted(idle) {
      interrupted = { ...idle, state: "interrupted" };
      changes.fire();
    },
    restore(report, view) {
      remember(report, view);
      changes.fire();
    },
    restoreRecent(runs) {
      recent = runs.slice(0, MAX_RECENT);
      changes.fire();
    },
    forget() {
      reader = null;
      history = createEventHistory();
      runFailure = null;
      startFailure = null;
      interrupted = null;
      stored = null;
      changes.fire();
    },
  };
}

/**
 * A run that is over, however it ended: nothing is in flight any more. What was reserved for requests without an end may
 * have been billed.
 */
function settled(view: RunView, failure: RunFailure | null): RunView {
  if (!failure && view.state !== "running") return view;
  return {
    ...view,
    state: failure ? "error" : "interrupted",
    ...(failure && { stoppedBy: "error", error: failure }),
    inFlight: [],
    reservedUsd: 0,
    maybeBilledUsd: view.maybeBilledUsd + view.reservedUsd,
    remainingMs: null,
    waiting: null,
  };
}

/** What was found is what is known now: dismissals and checks on save change it after the run. */
function withFindingsOf(
  stored: { readonly report: Report; readonly view: RunView } | null,
  view: RunView,
  isActive: boolean,
): RunView {
  if (isActive || stored?.report.run.id !== view.runId) return view;
  return { ...view, findings: stored.view.findings, coverage: stored.view.coverage };
}

/**
 * One line about a run that has ended.
 * @param report the last one; of another run it says nothing
 */
export function summaryOf(view: RunView, report: Report | null): RunSummary {
  const cache = report?.run.id === view.runId ? cacheSharesOf(report.cache, report.usage) : undefined;
  return {
    runId: view.runId,
    startedAt: view.startedAt,
    state: view.state,
    model: view.model,
    durationMs: view.elapsedMs,
    spentUsd: view.spentUsd,
    costUnknown: view.costUnknown,
    cachedShare: view.cachedShare,
    ...(cache && { cache }),
  };
}
