/** What is out for the night, as the status bar's tooltip and the panel tell it. */
import type { DisposableLike } from "../../shared/disposables.ts";
import type { Outstanding } from "../../shared/panelFigures.ts";
import { createListeners } from "../listeners.ts";

export interface OvernightNote {
  /** null: nothing is, as far as this window knows. */
  current(): Outstanding | null;
  change(outstanding: Outstanding | null): void;
  onDidChange(listener: () => void): DisposableLike;
}

export function createOvernightNote(): OvernightNote {
  const changes = createListeners<void>();
  let current: Outstanding | null = null;
  return {
    current: () => current,
    change(outstanding) {
      current = outstanding;
      changes.fire();
    },
    onDidChange: (listener) => changes.add(listener),
  };
}

/** Set while something is out: a window that opens collects it without having been used. */
export const OVERNIGHT_MARK = "onceover.overnight";
