/** What the two webviews need from the rest of the extension. */
import type { Disposable, Uri } from "vscode";
import type { RunEvent, RunListener } from "../../shared/events.ts";
import type { MemoryFigures } from "../../shared/memoryFigures.ts";
import type { Outstanding, Spending } from "../../shared/panelFigures.ts";
import type { PanelSettings, RunActivity, RunSummary } from "../../shared/panelProtocol.ts";
import type { Report } from "../../shared/report.ts";
import type { RunView } from "../../shared/runView.ts";

export interface RunSource {
  /**
   * The run under way, or the one that ended last in this window (a run that a window reload cut off counts, with state
   * `interrupted`); null before the first one. Asked for at most 20 times a second.
   */
  current(): RunView | null;
  /** Called for every event, after `current` and `replay` know it. */
  onEvent(listener: RunListener): Disposable;
  /**
   * Events of the current run with a greater `seq`, in order; `createEventHistory` keeps them. Superseded ones may be
   * left out. Called for every flush: the price must depend on what is returned, not on the length of the run.
   */
  replay(sinceSeq: number): readonly RunEvent[];
  /** The newest stored report, shown while there is no run in this window. */
  lastReport(): Report | null;
  /** Runs before the current one, newest first. */
  recent(): readonly RunSummary[];
  /** null: nothing was run in this window yet. */
  memory(): MemoryFigures | null;
  /** null: not known yet. */
  spending(): Spending | null;
  /** null: nothing is out for the night, as far as this window knows. */
  overnight(): Outstanding | null;
  settings(): PanelSettings;
  isTrusted(): boolean;
  activity(): RunActivity;
  /** Settings, key, trust, last report, recent runs, the night or the activity have changed. */
  onDidChange(listener: () => void): Disposable;
  /** The clock of `RunEvent.monotonicMs`. */
  monotonicMs(): number;
  /**
   * Where a reported path lies; null unless the current run or the last report knows exactly that path. What a view
   * sends never reaches the disk by another way.
   */
  resolve(path: string): Uri | null;
}
