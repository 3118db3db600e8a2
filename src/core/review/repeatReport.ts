/** A run that has nothing to do: its workspace's last report holds, and is told again. */
import type { Report } from "../../shared/report.ts";
import type { RepeatedReport, SavedReport } from "../store/savedReport.ts";
import { repeatedReport } from "./repeatedReport.ts";
import { budgetOf, type Run } from "./run.ts";

const NOTHING_SENT: Report["usage"] = {
  requests: 0,
  retries: 0,
  failed: 0,
  inputTokens: 0,
  cachedInputTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
};
const NO_PERCENTILES = { p50: 0, p95: 0, p99: 0, max: 0 };

/**
 * Says all that a run over stored answers would say, file by file.
 * @param unchanged see `Plan.unchanged`
 */
export async function repeatReport(run: Run, unchanged: Uint8Array): Promise<Report> {
  const { reviewing, emit, signals } = run;
  const saved = JSON.parse(Buffer.from(unchanged).toString("utf8")) as SavedReport;
  const last = saved.report;
  const { files, skipped } = last.coverage;
  emit({ type: "snapshot", files, skipped });
  const hits = sum(last.cache.hits) + last.cache.misses;
  const nothing = { pendingFiles: 0, submittedFiles: 0, misses: 0, quote: { likelyUsd: 0, atMostUsd: 0 } };
  const priceKnown = reviewing.chosen?.priceKnown ?? true;
  emit({ type: "plan", files, skipped, cachedFiles: files - skipped, hits, ...nothing, priceKnown });
  const repeated = tellOf(run, last, hits);
  const report = repeatedReport(last, repeated);
  const findings = Map.groupBy(report.findings, ({ path }) => path);
  const refuted = Map.groupBy(report.refuted ?? [], ({ path }) => path);
  for (const file of report.files) {
    const own = refuted.get(file.path);
    const summary = saved.summaries?.[file.path] ?? null;
    emit({ type: "file-end", ...file, findings: findings.get(file.path) ?? [], ...(own && { refuted: own }), summary });
  }
  await reviewing.store.repeatReport(reviewing.workspaceId, repeated);
  emit({ type: "run-end", stoppedBy: signals.stoppedBy, error: signals.error, report });
  return report;
}

function tellOf(run: Run, last: Report, hits: number): RepeatedReport {
  const { reviewing, phases } = run;
  return {
    run: {
      ...last.run,
      id: run.id,
      startedAt: run.startedAt,
      durationMs: Math.round(reviewing.ports.clock.monotonicMs() - run.startedMs),
    },
    usage: NOTHING_SENT,
    cost: {
      ...last.cost,
      usd: 0,
      savedBy: { memory: 0, disk: last.cost.savedUsd, team: 0, inFlight: 0, semantic: 0, provider: 0 },
      maybeBilledUsd: 0,
      budgetUsd: budgetOf(reviewing),
      quote: { likelyUsd: 0, atMostUsd: 0 },
      unknown: false,
      ...(run.daily.state && { daily: run.daily.state }),
    },
    cache: {
      hits: { memory: 0, disk: hits, team: 0, inFlight: 0, semantic: 0 },
      misses: 0,
      hitRate: hits === 0 ? 0 : 1,
    },
    latency: { requestMs: NO_PERCENTILES, firstTokenMs: NO_PERCENTILES, phases: phases.list },
    memory: run.memory.totals(),
    // Names and stamps were looked at, and nothing else.
    tools: [],
  };
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
