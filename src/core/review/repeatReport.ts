/** A run that has nothing to do: its workspace's last report holds, and is told again. */
import type { Report } from "../../shared/report.ts";
import type { HeldReport } from "../engine.ts";
import type { SavedReport } from "../store/savedReport.ts";
import type { Emit } from "./emitter.ts";
import { repeatedReport, repeatOf } from "./repeatedReport.ts";
import { budgetOf, type Run } from "./run.ts";

/**
 * Says all that a run over stored answers would say.
 * @param unchanged see `Plan.unchanged`
 */
export function repeatSaved(run: Run, unchanged: Uint8Array): Promise<Report> {
  const { report, summaries = {} } = JSON.parse(Buffer.from(unchanged).toString("utf8")) as SavedReport;
  return repeatReport(run, { report, summaries });
}

export async function repeatReport(run: Run, { report: last, summaries }: HeldReport): Promise<Report> {
  const { reviewing, emit, phases } = run;
  const repeated = repeatOf(last, {
    run: {
      id: run.id,
      startedAt: run.startedAt,
      durationMs: Math.round(reviewing.ports.clock.monotonicMs() - run.startedMs),
    },
    budgetUsd: budgetOf(reviewing),
    daily: run.daily.state,
    phases: phases.list,
    memory: run.memory.totals(),
  });
  const report = repeatedReport(last, repeated);
  tellUnchanged(report, emit, { priceKnown: reviewing.chosen?.priceKnown ?? true, summaries });
  await reviewing.store.repeatReport(reviewing.workspaceId, repeated);
  // All was told by then: who cancels that late has cancelled nothing.
  emit({ type: "run-end", stoppedBy: null, error: null, report });
  return report;
}

interface Telling {
  readonly priceKnown: boolean;
  readonly summaries?: HeldReport["summaries"];
}

/** Of a report that was answered from the store, what a run says between its start and its end. */
export function tellUnchanged(report: Report, emit: Emit, { priceKnown, summaries = {} }: Telling): void {
  const { files, skipped } = report.coverage;
  emit({ type: "snapshot", files, skipped });
  const nothing = { pendingFiles: 0, submittedFiles: 0, misses: 0, quote: { likelyUsd: 0, atMostUsd: 0 } };
  const hits = report.cache.hits.disk;
  emit({ type: "plan", files, skipped, cachedFiles: files - skipped, hits, ...nothing, priceKnown });
  emit({ type: "unchanged", report, summaries });
}
