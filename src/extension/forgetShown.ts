/** What a window shows and remembers of a store that another window, or the command line, has erased meanwhile. */
import type { FindingsStore } from "./findingsStore.ts";
import type { WorkspaceMemory } from "./memory.ts";
import type { RunMirror } from "./runMirror.ts";

interface Shown {
  readonly mirror: RunMirror;
  readonly findings: FindingsStore;
  readonly memory: WorkspaceMemory;
}

/** From now on nothing of an earlier run is shown. What a run has found since is younger than the erasure, and stays. */
export function forgetShown({ mirror, findings, memory }: Shown): void {
  // Nothing is erased under a run: this one began afterwards.
  if (mirror.isActive() && mirror.current()?.state === "running") return;
  findings.clear();
  mirror.forget();
  mirror.restoreRecent([]);
  // A window that is closing refuses to remember; its notes say no more than that there may be something to look for.
  void memory.forgetReport().catch(() => {});
  void memory.saveRecentRuns([]).catch(() => {});
}
