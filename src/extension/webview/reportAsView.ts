import type { CostCause } from "../../shared/panelFigures.ts";
import type { FileCounts, RunDetails } from "../../shared/panelProtocol.ts";
import type { Percentiles, Report, Severity } from "../../shared/report.ts";
import type { RunState, RunView } from "../../shared/runView.ts";
import { addCause, causesOf, gravestFirst, shownTools, withStrong } from "./runDetails.ts";

const stoppedStates = { budget: "budget", cancel: "cancelled", error: "error" } as const;

/** How a run of an earlier session looks, from its stored report. */
export function reportAsView(report: Report): RunView {
  const { coverage, run, cost, usage, latency, memory } = report;
  const reviewable = coverage.files - coverage.skipped;
  return {
    runId: run.id,
    state: stateOf(report),
    workspace: "",
    startedAt: run.startedAt,
    provider: run.provider,
    model: run.model,
    elapsedMs: run.durationMs,
    coverage,
    inFlight: [],
    findings: {
      error: countOf(report, "error"),
      warning: countOf(report, "warning"),
      info: countOf(report, "info"),
    },
    spentUsd: cost.usd,
    reservedUsd: 0,
    savedUsd: cost.savedUsd,
    maybeBilledUsd: cost.maybeBilledUsd,
    costUnknown: cost.unknown,
    budgetUsd: cost.budgetUsd,
    ...(cost.daily && { daily: cost.daily }),
    quote: cost.quote,
    cachedShare: reviewable > 0 ? coverage.cached / reviewable : 0,
    requests: { started: usage.requests, ended: usage.requests, failed: usage.failed ?? null, retries: usage.retries },
    tokens: { input: usage.inputTokens, cachedInput: usage.cachedInputTokens, output: usage.outputTokens },
    latencyMs: sampled(latency.requestMs, usage.requests),
    firstTokenMs: sampled(latency.firstTokenMs, usage.requests),
    slowest: report.files
      .filter((file) => file.durationMs > 0)
      .toSorted((a, b) => b.durationMs - a.durationMs)
      .slice(0, 10)
      .map((file) => ({ path: file.path, ms: file.durationMs })),
    phases: latency.phases,
    memory: { rssBytes: memory.startRssBytes, peakRssBytes: memory.peakRssBytes, heapBytes: memory.peakHeapBytes },
    remainingMs: null,
    waiting: null,
    stoppedBy: run.stoppedBy,
    // Reports of before it was kept have none.
    error: run.error ?? null,
  };
}

function stateOf({ run }: Report): RunState {
  if (run.stoppedBy !== null) return stoppedStates[run.stoppedBy];
  return run.complete ? "complete" : "partial";
}

/** What can be drawn of a stored report; how its requests overlapped is not stored. */
export function reportDetails(report: Report): RunDetails {
  const counts = new Map<string, FileCounts>();
  const causes = new Map<string, CostCause>();
  for (const { status, reason, costUsd } of report.files)
    addCause(causes, status === "reviewed" ? reason : null, costUsd);
  for (const finding of report.findings) {
    const before = counts.get(finding.path) ?? { path: finding.path, error: 0, warning: 0, info: 0 };
    counts.set(finding.path, { ...before, [finding.severity]: before[finding.severity] + 1 });
  }
  return {
    hotFiles: gravestFirst(counts.values()),
    costliest: report.files
      .flatMap(({ path, costUsd }) => (costUsd !== null && costUsd > 0 ? [{ path, costUsd }] : []))
      .toSorted((a, b) => b.costUsd - a.costUsd)
      .slice(0, 3),
    failed: report.files
      .filter((file) => file.status === "failed")
      .slice(0, 5)
      .map((file) => ({ path: file.path, reason: file.reason ?? "" })),
    rateLimits: { count: 0, waitedMs: 0 },
    flow: { stepMs: 1000, inFlight: [], limit: [], marks: [] },
    caches: {
      ...report.cache,
      savedBy: report.cost.savedBy ?? null,
      promptCache: { ...promptCacheOf(report), savedUsd: report.cost.savedBy?.provider ?? null },
    },
    causes: causesOf(causes.values()),
    strong: report.files.reduce(withStrong, null),
    failures: [],
    replyTimes: null,
    outputTokensPerSecond: null,
    connections: report.usage.connections ?? null,
    alerts: [],
    tools: shownTools(report.tools),
  };
}

function promptCacheOf({ usage }: Report) {
  const { inputTokens, cachedInputTokens, cacheWriteTokens } = usage;
  return { inputTokens, cachedInputTokens, cacheWriteTokens };
}

function countOf(report: Report, severity: Severity): number {
  return report.findings.filter((finding) => finding.severity === severity).length;
}

function sampled(percentiles: Percentiles, count: number): RunView["latencyMs"] {
  const known = typeof percentiles.p50 === "number" && percentiles.max > 0;
  return known ? { count, ...percentiles } : { count: 0, p50: 0, p95: 0, p99: 0, max: 0 };
}
