import * as vscode from "vscode";
import { createDisposableStore, type DisposableLike } from "../shared/disposables.ts";
import type { RunMirror } from "./runMirror.ts";
import { createThrottle } from "./throttle.ts";

const UPDATE_EVERY_MS = 100;

/** Keeps the context keys for menus and welcome texts: `onceover.running`, `onceover.state`, `onceover.hasReport`. */
export function registerContextKeys(mirror: RunMirror): DisposableLike {
  const set = new Map<string, unknown>();
  const update = () => {
    const values = {
      "onceover.running": mirror.isActive(),
      "onceover.state": mirror.shown()?.state ?? "idle",
      "onceover.hasReport": mirror.lastReport() !== null,
    };
    for (const [name, value] of Object.entries(values)) {
      if (set.get(name) === value) continue;
      set.set(name, value);
      void vscode.commands.executeCommand("setContext", name, value);
    }
  };
  update();
  const owned = createDisposableStore();
  const throttle = owned.add(createThrottle(UPDATE_EVERY_MS, update));
  owned.add(mirror.onDidChange(() => throttle.request()));
  return owned;
}
