/** A report whose numbers agree with one another; tests change what they are about. */
import type { FileReport, FileStatus, Finding, Report } from "../../src/shared/report.ts";

export function sampleFinding(change: Partial<Finding> = {}): Finding {
  return {
    id: `f-${change.path ?? "src/payments/refund.ts"}-${change.startLine ?? 2}-${change.rule ?? ""}`,
    path: "src/payments/refund.ts",
    startLine: 2,
    startColumn: 3,
    endLine: 2,
    endColumn: 25,
    severity: "error",
    category: "bug",
    rule: "unawaited-call",
    title: "Refund is not awaited, so an order counts as refunded even if the gateway fails",
    detail:
      "The promise is dropped. A rejection ends as an unhandled one, and the next line marks the order as refunded.",
    quote: "gateway.refund(order);",
    fix: null,
    confidence: 0.9,
    source: "model",
    ...change,
  };
}

export function sampleFile(path: string, status: FileStatus, change: Partial<FileReport> = {}): FileReport {
  return {
    path,
    status,
    reason: null,
    language: "typescript",
    sizeBytes: 4_096,
    durationMs: 1_200,
    model: status === "reviewed" ? "gpt-5-mini" : null,
    costUsd: status === "reviewed" ? 0.0024 : 0,
    findings: 0,
    ...change,
  };
}

interface ReportChange {
  readonly run?: Partial<Report["run"]>;
  readonly files?: readonly FileReport[];
  readonly findings?: readonly Finding[];
  readonly cost?: Partial<Report["cost"]>;
  readonly usage?: Partial<Report["usage"]>;
  readonly suppressed?: Partial<Report["suppressed"]>;
}

export function sampleReport(change: ReportChange = {}): Report {
  const files = change.files ?? [
    sampleFile("src/payments/refund.ts", "reviewed", { findings: 1 }),
    sampleFile("src/http/session.ts", "cached"),
    sampleFile("dist/app.min.js", "skipped", { reason: "minified", language: null }),
  ];
  const count = (status: FileStatus) => files.filter((file) => file.status === status).length;
  return {
    schema: "onceover.report/1",
    tool: { name: "onceover", version: "0.1.0" },
    run: {
      id: "run-1",
      startedAt: "2026-11-21T14:32:00.000Z",
      durationMs: 31_700,
      provider: "openai",
      model: "gpt-5-mini",
      recipe: "r1",
      complete: true,
      stoppedBy: null,
      error: null,
      ...change.run,
    },
    coverage: {
      files: files.length,
      reviewed: count("reviewed"),
      cached: count("cached"),
      skipped: count("skipped"),
      failed: count("failed"),
      pending: count("pending"),
    },
    suppressed: { dismissed: 0, inline: 0, baseline: 0, refuted: 0, ...change.suppressed },
    files,
    findings: change.findings ?? [sampleFinding()],
    usage: {
      requests: 42,
      retries: 3,
      inputTokens: 297_400,
      cachedInputTokens: 220_000,
      cacheWriteTokens: 0,
      outputTokens: 21_000,
      ...change.usage,
    },
    cost: {
      usd: 0.0904,
      savedUsd: 0.7497,
      maybeBilledUsd: 0,
      budgetUsd: 1,
      quote: { likelyUsd: 0.1, atMostUsd: 0.23 },
      unknown: false,
      ...change.cost,
    },
    cache: { hits: { memory: 0, disk: 1, team: 0, inFlight: 0, semantic: 0 }, misses: 1, hitRate: 0.5 },
    latency: {
      requestMs: { p50: 2_900, p95: 5_900, p99: 6_400, max: 6_500 },
      firstTokenMs: { p50: 580, p95: 900, p99: 950, max: 990 },
      phases: [
        { name: "snapshot", ms: 60 },
        { name: "plan", ms: 29 },
        { name: "review", ms: 31_100 },
      ],
    },
    memory: { startRssBytes: 60_000_000, peakRssBytes: 131_072_000, peakHeapBytes: 64_000_000 },
  };
}
