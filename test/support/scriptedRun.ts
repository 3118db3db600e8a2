/** Events of invented runs, for readers and views: the numbers of one run agree with one another. */
import type { RunEvent, RunEventBody } from "../../src/shared/events.ts";
import type { FileReport, Finding, Report, Severity, StoppedBy, ToolUse } from "../../src/shared/report.ts";

export interface ScriptedRun {
  readonly runId: string;
  readonly events: RunEvent[];
  /** Appends an event `afterMs` later than the one before. */
  add(body: RunEventBody, afterMs?: number): RunEvent;
  nowMs(): number;
}

export function scriptedRun(runId: string): ScriptedRun {
  const events: RunEvent[] = [];
  let monotonicMs = 1000;
  return {
    runId,
    events,
    nowMs: () => monotonicMs,
    add(body, afterMs = 0) {
      monotonicMs += afterMs;
      const event: RunEvent = { runId, seq: events.length + 1, monotonicMs, ...body };
      events.push(event);
      return event;
    },
  };
}

export function scriptedFinding(changes: Partial<Finding> = {}): Finding {
  return {
    id: `finding-${changes.path ?? "src/a.ts"}-${changes.startLine ?? 1}-${changes.title ?? ""}`,
    path: "src/a.ts",
    startLine: 1,
    startColumn: 1,
    endLine: 1,
    endColumn: 9,
    severity: "warning",
    category: "bug",
    rule: "unhandled-promise",
    title: "Promise is dropped, so its failure is never seen",
    detail: "Nothing awaits the promise of `save`.",
    quote: "save();",
    fix: null,
    confidence: 0.9,
    source: "model",
    ...changes,
  };
}

export interface ShopOptions {
  readonly runId?: string;
  readonly offline?: boolean;
  /** How many of the 38 files to review have ended. */
  readonly ended?: number;
  readonly end?: { readonly stoppedBy: StoppedBy | null; readonly error?: { code: string; message: string } };
  readonly failed?: number;
  readonly budgetUsd?: number;
}

const names = ["refund", "session", "search", "pricing", "upload", "pool", "retry", "export", "cache", "digest"];
const folders = ["payments", "http", "catalog", "orders", "db", "jobs", "mail", "lib"];
const toReview = Array.from(
  { length: 38 },
  (_, index) => `src/${folders[index % folders.length]}/${names[index % names.length]}${index < 10 ? "" : index}.ts`,
);

const reasons = ["edited", "new file", "conventions or frameworks of the workspace changed"] as const;

/** A workspace of 412 files: 371 from the cache, 38 to review, 3 skipped. */
export function shopRun(options: ShopOptions = {}): ScriptedRun {
  const { offline = false, ended = 38, failed = 0, budgetUsd = 1 } = options;
  const run = scriptedRun(options.runId ?? "run-1");
  const cached = offline ? 0 : 371;
  run.add({
    type: "run-start",
    startedAt: new Date(Date.now() - 150_000).toISOString(),
    workspace: "shop-api",
    provider: offline ? "offline" : "openai",
    model: offline ? null : "gpt-5-mini",
    budgetUsd: offline ? null : budgetUsd,
  });
  run.add({ type: "phase", name: "snapshot", state: "end", ms: 61 }, 61);
  run.add({ type: "snapshot", files: 412, skipped: 3 });
  run.add({ type: "phase", name: "plan", state: "end", ms: 28 }, 28);
  run.add({
    type: "plan",
    files: 412,
    skipped: 3,
    cachedFiles: cached,
    pendingFiles: 409 - cached,
    hits: cached,
    misses: offline ? 0 : 38,
    quote: offline ? { likelyUsd: 0, atMostUsd: 0 } : { likelyUsd: 0.1, atMostUsd: 0.23 },
    priceKnown: true,
  });
  run.add({ type: "tools", tools: offline ? lookedUp.slice(0, 1) : lookedUp });
  for (let index = 0; index < 371; index++)
    endFile(run, `src/generated/unit${index}.ts`, offline ? "reviewed" : "cached");
  for (const [path, reason] of skippedFiles) endFile(run, path, "skipped", { reason });
  if (!offline) run.add({ type: "concurrency", limit: 9 });
  if (!offline) run.add({ type: "connections", count: 4 });
  review(run, { offline, ended, failed, stops: options.end !== undefined });
  if (options.end) end(run, options, cached);
  return run;
}

/** Before the offline engine has looked at what it does not know. */
const lookedUp: readonly ToolUse[] = [
  { name: "contents", calls: 410, hits: 372, failures: 0, ms: 61 },
  { name: "outline", calls: 212, hits: 174, failures: 1, ms: 1_340 },
  { name: "signatures", calls: 402, hits: 331, failures: 0, ms: 12 },
];

const skippedFiles = [
  ["src/generated/schema.ts", "generated: its first line says so"],
  ["public/vendor/chart.min.js", "minified"],
  ["test/fixtures/orders.json", "larger than 512 KB"],
] as const;

function review(run: ScriptedRun, how: { offline: boolean; ended: number; failed: number; stops: boolean }) {
  let spentUsd = 0;
  for (const [index, path] of toReview.slice(0, how.ended).entries()) {
    const isFailed = index < how.failed;
    if (!how.offline) spentUsd = request(run, index, path, spentUsd);
    const findings = isFailed ? [] : findingsOf(path, index, how.offline ? "offline" : "model");
    for (const finding of findings) run.add({ type: "finding", finding });
    endFile(run, path, isFailed ? "failed" : "reviewed", {
      findings,
      durationMs: how.offline ? 12 : 5200 + ((index * 1733) % 7600),
      reason: isFailed ? "The server closed the stream before it had ended." : how.offline ? null : reasons[index % 3]!,
      costUsd: how.offline ? 0 : 0.0024 + (index % 7) * 0.0003,
      ...(index % 13 === 6 && !how.offline && !isFailed && { model: "gpt-5", modelReason: "touches crypto, SQL" }),
      summary: how.offline || index % 3 !== 0 ? null : `Handles ${names[index % names.length]} for the shop.`,
    });
  }
  if (how.offline) return;
  if (how.ended > 8) run.add({ type: "wait", reason: "rate-limit", ms: 2000 });
  if (how.stops) return;
  for (const [index, path] of toReview.slice(how.ended, how.ended + 9).entries()) {
    const requestId = `open-${index}`;
    run.add({ type: "request-start", requestId, paths: [path], attempt: 1, reservedUsd: 0.006 }, 40);
  }
  run.add({ type: "money", spentUsd, reservedUsd: 0.054, savedUsd: 0.72, maybeBilledUsd: 0, unknown: false }, 2300);
}

function request(run: ScriptedRun, index: number, path: string, spentUsd: number): number {
  const requestId = `request-${index}`;
  const costUsd = 0.0024 + (index % 7) * 0.0003;
  run.add({ type: "request-start", requestId, paths: [path], attempt: index === 4 ? 2 : 1, reservedUsd: 0.006 }, 60);
  if (index % 4 === 0) {
    // Some overlap, so that there is something to see in the plot.
    for (let beside = 0; beside < 2 + (index % 5); beside++) {
      run.add({
        type: "request-start",
        requestId: `${requestId}-${beside}`,
        paths: [path],
        attempt: 1,
        reservedUsd: 0,
      });
    }
  }
  run.add({ type: "request-first-token", requestId, ms: 480 + index * 7 }, 200);
  run.add(
    {
      type: "request-end",
      requestId,
      paths: [path],
      outcome: "ok",
      code: null,
      ms: 5200 + ((index * 1733) % 7600),
      usage: { inputTokens: 7800, cachedInputTokens: 5700, cacheWriteTokens: 0, outputTokens: 880 },
      costUsd,
      promptCacheSavedUsd: 0.0013,
      maybeBilledUsd: 0,
    },
    500,
  );
  for (let beside = 0; beside < 8; beside++) {
    const ending = run.events.some(
      (event) => event.type === "request-start" && event.requestId === `${requestId}-${beside}`,
    );
    if (!ending) continue;
    run.add({
      type: "request-end",
      requestId: `${requestId}-${beside}`,
      paths: [path],
      outcome: "ok",
      code: null,
      ms: 5600,
      usage: null,
      costUsd: 0,
      maybeBilledUsd: 0,
    });
  }
  const money = { reservedUsd: 0.054, savedUsd: 0.75, maybeBilledUsd: 0, unknown: false };
  run.add({ type: "money", spentUsd: spentUsd + costUsd, ...money });
  run.add({ type: "memory", rssBytes: 262_000_000, heapBytes: 64_000_000 });
  return spentUsd + costUsd;
}

function endFile(
  run: ScriptedRun,
  path: string,
  status: "reviewed" | "cached" | "skipped" | "failed",
  changes: Partial<RunEvent & { type: "file-end" }> = {},
) {
  run.add({
    type: "file-end",
    path,
    status,
    reason: null,
    language: "typescript",
    sizeBytes: 4200,
    durationMs: status === "reviewed" ? 8 : 0,
    model: null,
    costUsd: 0,
    summary: null,
    findings: [],
    ...changes,
  });
}

const samples: readonly (readonly [Severity, string, string, string])[] = [
  [
    "error",
    "Refund is not awaited, so an order counts as refunded even if the gateway fails",
    "The promise of `gateway.refund` is dropped. When the gateway rejects, nothing catches it, `markRefunded` still runs, and the customer sees a refund that never happened.",
    "gateway.refund(charge.id, amountCents);\n  await orders.markRefunded(order.id, amountCents);",
  ],
  ["warning", "Cookie is sent without Secure", "Over plain HTTP anyone on the way reads it.", "cookie.set(id);"],
  [
    "info",
    "Pattern backtracks on long input",
    "A megabyte of blanks keeps it busy for seconds.\n\nAnchoring it ends that.",
    "const pattern = /^(\\s+)+$/;",
  ],
];

function findingsOf(path: string, index: number, source: Finding["source"]): Finding[] {
  return samples
    .filter((_, kind) => (kind === 0 ? index % 13 === 0 : (index + kind) % 3 === 0))
    .map(([severity, title, detail, quote], kind) =>
      scriptedFinding({
        path,
        severity,
        title,
        detail,
        quote,
        source,
        startLine: 40 + kind * 12,
        startColumn: 3,
        endLine: 40 + kind * 12 + quote.split("\n").length - 1,
      }),
    );
}

/** The end of a run, its report in agreement with the events before. */
function end(run: ScriptedRun, options: ShopOptions, cached: number) {
  const { stoppedBy, error = null } = options.end ?? { stoppedBy: null };
  const ends = run.events.filter((event) => event.type === "file-end");
  const endedPaths = new Set(ends.map((event) => event.path));
  const pending = toReview.filter((path) => !endedPaths.has(path));
  run.add({ type: "phase", name: "review", state: "end", ms: 28_700 });
  run.add({ type: "phase", name: "report", state: "end", ms: 140 });
  const files: FileReport[] = [
    ...ends.map((event) => ({
      path: event.path,
      status: event.status,
      reason: event.reason,
      language: event.language,
      sizeBytes: event.sizeBytes,
      durationMs: event.durationMs,
      model: event.model,
      ...(event.modelReason !== undefined && { modelReason: event.modelReason }),
      costUsd: event.costUsd,
      findings: event.findings.length,
    })),
    ...pending.map((path) => ({
      path,
      status: "pending" as const,
      reason: null,
      language: "typescript",
      sizeBytes: 4200,
      durationMs: 0,
      model: null,
      costUsd: 0,
      findings: 0,
    })),
  ];
  const count = (status: FileReport["status"]) => files.filter((file) => file.status === status).length;
  const money = run.events.findLast((event) => event.type === "money");
  const report: Report = {
    schema: "onceover.report/1",
    tool: { name: "onceover", version: "0.1.0" },
    run: {
      id: run.runId,
      startedAt: new Date(Date.now() - 150_000).toISOString(),
      durationMs: options.offline ? 4200 : 31_700,
      provider: options.offline ? "offline" : "openai",
      model: options.offline ? null : "gpt-5-mini",
      recipe: "recipe",
      complete: stoppedBy === null && count("failed") === 0,
      stoppedBy,
      error,
    },
    coverage: {
      files: files.length,
      reviewed: count("reviewed"),
      cached: count("cached"),
      skipped: count("skipped"),
      failed: count("failed"),
      pending: pending.length,
    },
    suppressed: { dismissed: 0, inline: 0, baseline: 0, refuted: 0 },
    files,
    findings: ends.flatMap((event) => event.findings),
    usage: {
      requests: run.events.filter((event) => event.type === "request-start").length,
      retries: options.offline ? 0 : 1,
      inputTokens: options.offline ? 0 : 297_000,
      cachedInputTokens: options.offline ? 0 : 219_000,
      cacheWriteTokens: 0,
      outputTokens: options.offline ? 0 : 33_400,
    },
    cost: {
      usd: money?.spentUsd ?? 0,
      savedUsd: options.offline ? 0 : 0.75,
      savedBy: {
        memory: 0,
        disk: options.offline ? 0 : 0.7487,
        team: 0,
        inFlight: 0,
        semantic: 0,
        provider: options.offline ? 0 : 0.0013,
      },
      maybeBilledUsd: 0,
      budgetUsd: options.offline ? null : (options.budgetUsd ?? 1),
      quote: options.offline ? { likelyUsd: 0, atMostUsd: 0 } : { likelyUsd: 0.1, atMostUsd: 0.23 },
      unknown: false,
    },
    cache: {
      hits: { memory: 0, disk: cached, team: 0, inFlight: 0, semantic: 0 },
      misses: 38,
      hitRate: cached / 409,
    },
    latency: {
      requestMs: { p50: 6000, p95: 11_200, p99: 12_800, max: 12_800 },
      firstTokenMs: { p50: 580, p95: 740, p99: 760, max: 760 },
      phases: [{ name: "review", ms: 28_700 }],
    },
    memory: { startRssBytes: 180_000_000, peakRssBytes: 271_000_000, peakHeapBytes: 90_000_000 },
    tools: [
      ...(options.offline ? lookedUp.slice(0, 1) : lookedUp),
      { name: "analysis", calls: 409, hits: cached, failures: 0, ms: 2_100 },
    ],
  };
  run.add({ type: "run-end", stoppedBy, error, report });
}
