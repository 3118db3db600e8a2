/** Findings are back after a reload without a run: the stored report is read once the window has settled. */
import type { Report } from "../shared/report.ts";
import type { FindingsStore } from "./findingsStore.ts";
import type { WorkspaceMemory } from "./memory.ts";
import type { RunMirror } from "./runMirror.ts";
import type { Logger } from "../core/ports.ts";
import { reportAsView } from "./webview/reportAsView.ts";

export interface RestoreOptions {
  readonly memory: WorkspaceMemory;
  readonly mirror: RunMirror;
  readonly findings: FindingsStore;
  readonly logger: Logger;
  /** Loads the engine. */
  readonly read: () => Promise<Report | null>;
}

/** Never rejects: a report that cannot be read leaves the window as if there were none. */
export async function restoreReport({ memory, mirror, findings, logger, read }: RestoreOptions): Promise<void> {
  if (!memory.hasReport() || mirror.isActive()) return;
  try {
    const report = await read();
    // A run that was started meanwhile knows better.
    if (!report || mirror.isActive() || mirror.lastReport()) return;
    findings.beginRun("workspace");
    findings.load(report);
    mirror.restore(report, reportAsView(report));
  } catch (error) {
    logger.warn(`The last report could not be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
