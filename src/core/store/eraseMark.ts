/**
 * Tells other processes that the store was erased: they hold its findings in memory and would go on showing them. The
 * mark is a small file beside the database that says who wrote it and when.
 */
import fs from "node:fs";
import path from "node:path";
import type { DisposableLike } from "../../shared/disposables.ts";

const MARK = "erased";

export interface EraseMark extends DisposableLike {
  /** Called when another process has erased the store, from {@link watch} on. */
  add(listener: () => void): DisposableLike;
  /** The store's folder is there now. Without a listener nothing is watched. */
  watch(): void;
  /** This process has erased the store; its own listeners are not called. */
  write(): void;
}

/**
 * @param folder the store's
 * @param ownerId of this engine: its own mark means nothing to it
 * @param now milliseconds since the epoch
 */
export function createEraseMark(folder: string, ownerId: string, now: () => number): EraseMark {
  const file = path.join(folder, MARK);
  const listeners = new Set<() => void>();
  let watcher: fs.FSWatcher | undefined;
  let isThere = false;
  let known = "";

  const look = () => {
    const mark = readMark(file);
    // A mark is written at once, but a reader may come between its making and its filling.
    if (mark === "" || mark === known) return;
    known = mark;
    if (mark.startsWith(`${ownerId} `)) return;
    for (const listener of listeners) listener();
  };
  const start = () => {
    if (watcher || !isThere || listeners.size === 0) return;
    known = readMark(file);
    try {
      watcher = fs.watch(folder, { persistent: false }, (_event, name) => {
        // The database and its log change all the time; some systems name nothing.
        if (name === null || name === MARK) look();
      });
      // A folder that is removed or that cannot be watched any more: what is shown stays until the next reload.
      watcher.on("error", () => watcher?.close());
    } catch {
      // No watchers are left on this system.
    }
  };

  return {
    add(listener) {
      listeners.add(listener);
      start();
      return { dispose: () => void listeners.delete(listener) };
    },
    watch() {
      isThere = true;
      start();
    },
    write() {
      try {
        fs.writeFileSync(file, `${ownerId} ${now()}`, { mode: 0o600 });
      } catch {
        // All is erased; that others learn of it late is no failure of that.
      }
    },
    dispose() {
      watcher?.close();
      watcher = undefined;
      listeners.clear();
    },
  };
}

function readMark(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
