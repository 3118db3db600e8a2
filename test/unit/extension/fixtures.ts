import { createFindingsIndex, type FindingsView } from "../../../src/extension/findingsIndex.ts";
import type { FindingsModel } from "../../../src/extension/findingsModel.ts";
import type { FileState } from "../../../src/extension/findingsStore.ts";
import type { RunEvent, RunEventBody } from "../../../src/shared/events.ts";
import { REPORT_SCHEMA, type FileReport, type Finding, type Report } from "../../../src/shared/report.ts";
import { createRunReader } from "../../../src/shared/runReader.ts";
import type { RunView } from "../../../src/shared/runView.ts";

/** The whole model at once. */
export function buildFindingsModel(files: readonly FileState[], view: FindingsView): FindingsModel {
  const index = createFindingsIndex(new Map(files.map((file) => [file.path, file])), view);
  index.advance(Number.POSITIVE_INFINITY);
  return index.model();
}

export function finding(change: Partial<Finding> = {}): Finding {
  return {
    id: "f1",
    path: "src/a.ts",
    startLine: 3,
    startColumn: 5,
    endLine: 3,
    endColumn: 9,
    severity: "warning",
    category: "bug",
    rule: "unawaited-call",
    title: "Refund is not awaited, so an order counts as refunded even if the gateway fails",
    detail: "The promise is dropped.",
    quote: "call",
    fix: null,
    confidence: 0.9,
    source: "model",
    ...change,
  };
}

export function fileReport(change: Partial<FileReport> = {}): FileReport {
  return {
    path: "src/a.ts",
    status: "reviewed",
    reason: null,
    language: "typescript",
    sizeBytes: 10,
    durationMs: 5,
    model: null,
    costUsd: 0,
    findings: 0,
    ...change,
  };
}

interface ReportChange {
  readonly run?: Partial<Report["run"]>;
  readonly coverage?: Partial<Report["coverage"]>;
  readonly cost?: Partial<Report["cost"]>;
  readonly files?: readonly FileReport[];
  readonly findings?: readonly Finding[];
}

export function report(change: ReportChange = {}): Report {
  const none = { p50: 0, p95: 0, p99: 0, max: 0 };
  return {
    schema: REPORT_SCHEMA,
    tool: { name: "onceover", version: "0.0.0" },
    run: {
      id: "run-1",
      startedAt: "2026-01-01T00:00:00.000Z",
      durationMs: 1_000,
      provider: "openai",
      model: "small",
      recipe: "r",
      complete: true,
      stoppedBy: null,
      error: null,
      ...change.run,
    },
    coverage: { files: 0, reviewed: 0, cached: 0, skipped: 0, failed: 0, pending: 0, ...change.coverage },
    suppressed: { dismissed: 0, inline: 0, baseline: 0, refuted: 0 },
    files: change.files ?? [],
    findings: change.findings ?? [],
    usage: { requests: 0, retries: 0, inputTokens: 0, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 0 },
    cost: {
      usd: 0,
      savedUsd: 0,
      maybeBilledUsd: 0,
      budgetUsd: 1,
      quote: { likelyUsd: 0, atMostUsd: 0 },
      unknown: false,
      ...change.cost,
    },
    cache: { hits: { memory: 0, disk: 0, team: 0, inFlight: 0, semantic: 0 }, misses: 0, hitRate: 0 },
    latency: { requestMs: none, firstTokenMs: none, phases: [] },
    memory: { startRssBytes: 0, peakRssBytes: 0, peakHeapBytes: 0 },
  };
}

/** Heads for bodies: seq 1, 2, 3 …, one millisecond apart. */
export function events(bodies: readonly RunEventBody[], runId = "run-1"): RunEvent[] {
  return bodies.map((body, index) => ({ runId, seq: index + 1, monotonicMs: index + 1, ...body }));
}

export const runStart: RunEventBody = {
  type: "run-start",
  startedAt: "2026-01-01T00:00:00.000Z",
  workspace: "shop",
  provider: "openai",
  model: "small",
  budgetUsd: 1,
};

export function fileEnd(path: string, findings: readonly Finding[] = [], status: FileReport["status"] = "reviewed") {
  return {
    type: "file-end",
    path,
    status,
    reason: status === "failed" ? "The server failed." : null,
    language: "typescript",
    sizeBytes: 10,
    durationMs: 5,
    model: "small",
    costUsd: 0.01,
    summary: null,
    findings,
  } satisfies RunEventBody;
}

export function view(change: Partial<RunView> = {}): RunView {
  return { ...createRunReader().view(), provider: "openai", state: "complete", ...change };
}
