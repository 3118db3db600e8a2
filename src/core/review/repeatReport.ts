/** A run that has nothing to do: its workspace's last report holds, and is told again. */
import type { Report } from "../../shared/report.ts";
import type { SavedReport } from "../store/savedReport.ts";
import type { Emit } from "./emitter.ts";
import { repeatedReport, repeatOf } from "./repeatedReport.ts";
import { budgetOf, type Run } from "./run.ts";

/**
 * Says all that a run over stored answers would say, file by file.
 * @param unchanged see `Plan.unchanged`
 */
export async function repeatReport(run: Run, unchanged: Uint8Array): Promise<Report> {
  const { reviewing, emit, signals, phases } = run;
  const saved = JSON.parse(Buffer.from(unchanged).toString("utf8")) as SavedReport;
  const repeated = repeatOf(saved.report, {
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
  const report = repeatedReport(saved.report, repeated);
  tellFiles(report, emit, { priceKnown: reviewing.chosen?.priceKnown ?? true, summaries: saved.summaries });
  await reviewing.store.repeatReport(reviewing.workspaceId, repeated);
  emit({ type: "run-end", stoppedBy: signals.stoppedBy, error: signals.error, report });
  return report;
}

interface Telling {
  readonly priceKnown: boolean;
  readonly summaries?: SavedReport["summaries"];
}

/** Of a report that was answered from the store, what a run says between its start and its end. */
export function tellFiles(report: Report, emit: Emit, { priceKnown, summaries }: Telling): void {
  const { files, skipped } = report.coverage;
  emit({ type: "snapshot", files, skipped });
  const nothing = { pendingFiles: 0, submittedFiles: 0, misses: 0, quote: { likelyUsd: 0, atMostUsd: 0 } };
  const hits = report.cache.hits.disk;
  emit({ type: "plan", files, skipped, cachedFiles: files - skipped, hits, ...nothing, priceKnown });
  const findings = Map.groupBy(report.findings, ({ path }) => path);
  const refuted = Map.groupBy(report.refuted ?? [], ({ path }) => path);
  for (const file of report.files) {
    const own = refuted.get(file.path);
    const summary = summaries?.[file.path] ?? null;
    emit({ type: "file-end", ...file, findings: findings.get(file.path) ?? [], ...(own && { refuted: own }), summary });
  }
}
