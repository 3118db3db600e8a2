import type { DisposableLike } from "../shared/disposables.ts";
import type { WorkspaceMemory } from "./memory.ts";
import { summaryOf, type RunMirror } from "./runMirror.ts";

const MAX_KEPT = 20;

/** Remembers one line about each run that ended, over reloads. */
export function keepRecentRuns(mirror: RunMirror, memory: WorkspaceMemory): DisposableLike {
  mirror.restoreRecent(memory.recentRuns());
  let wasActive = mirror.isActive();
  return mirror.onDidChange(() => {
    const hasEnded = wasActive && !mirror.isActive();
    wasActive = mirror.isActive();
    // Asked for only now: it costs more than most events are worth.
    const view = hasEnded ? mirror.current() : null;
    if (!view || view.runId === "") return;
    const earlier = mirror.recent().filter((run) => run.runId !== view.runId);
    void memory.saveRecentRuns([summaryOf(view, mirror.lastReport()), ...earlier].slice(0, MAX_KEPT));
  });
}
