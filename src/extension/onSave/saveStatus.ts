/** What the status bar says of checks on save: all else about them is seen where findings are. */
import type { DailyBudget } from "../../shared/report.ts";
import type { DisposableLike } from "../../shared/disposables.ts";
import { createListeners } from "../listeners.ts";

export interface SaveState {
  readonly isChecking: boolean;
  /** Checks that sent something, in this window. */
  readonly spentUsd: number;
  readonly costUnknown: boolean;
  /** How the daily budget stands since a check that knows it; null: the last run knows better. */
  readonly daily: DailyBudget | null;
  /** Files that the last check has made stale and left alone. */
  readonly staleFiles: number;
  /** Why the last check did less than it was set to; null: it did not. */
  readonly note: string | null;
}

export interface SaveStatus {
  current(): SaveState;
  change(next: Partial<SaveState>): void;
  onDidChange(listener: () => void): DisposableLike;
}

export function createSaveStatus(): SaveStatus {
  const changes = createListeners<void>();
  let state: SaveState = { isChecking: false, spentUsd: 0, costUnknown: false, daily: null, staleFiles: 0, note: null };
  return {
    current: () => state,
    change(next) {
      state = { ...state, ...next };
      changes.fire();
    },
    onDidChange: (listener) => changes.add(listener),
  };
}
