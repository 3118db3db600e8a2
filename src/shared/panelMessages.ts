/** Drops what is no message of the panel's protocol: unknown, malformed, or from elsewhere. */
import {
  type Check,
  amount,
  flag,
  listOf,
  oneOf,
  orMissing,
  orNull,
  position,
  shape,
  text,
  union,
  whole,
} from "./check.ts";
import type { RunAlert } from "./panelFigures.ts";
import { type HostMessage, PANEL_COMMANDS, PANEL_SETTINGS, type ViewMessage } from "./panelProtocol.ts";

const provider = oneOf("offline", "openai", "anthropic", "ollama", "vscode");
const severity = oneOf("error", "warning", "info");
const status = oneOf("reviewed", "cached", "skipped", "failed", "pending");
const state = oneOf("idle", "running", "complete", "partial", "cancelled", "budget", "error", "interrupted");
const samples = shape({ count: whole, p50: amount, p95: amount, p99: amount, max: amount });
const failure = shape({ code: text, message: text });

const runView = shape({
  runId: text,
  state,
  workspace: text,
  startedAt: text,
  provider,
  model: orNull(text),
  elapsedMs: amount,
  coverage: shape({ files: whole, reviewed: whole, cached: whole, skipped: whole, failed: whole, pending: whole }),
  inFlight: listOf(shape({ path: text, sinceMs: amount })),
  findings: shape({ error: whole, warning: whole, info: whole }),
  spentUsd: amount,
  reservedUsd: amount,
  savedUsd: amount,
  maybeBilledUsd: amount,
  costUnknown: flag,
  budgetUsd: orNull(amount),
  daily: orMissing(shape({ limitUsd: amount, usedUsd: amount, endsAt: text, reached: flag })),
  quote: orNull(shape({ likelyUsd: amount, atMostUsd: amount })),
  cachedShare: amount,
  requests: shape({ started: whole, ended: whole, failed: orNull(whole), retries: whole }),
  tokens: shape({ input: amount, cachedInput: amount, output: amount }),
  latencyMs: samples,
  firstTokenMs: samples,
  slowest: listOf(shape({ path: text, ms: amount })),
  phases: listOf(shape({ name: text, ms: amount })),
  memory: shape({ rssBytes: amount, peakRssBytes: amount, heapBytes: amount }),
  remainingMs: orNull(amount),
  waiting: orNull(shape({ reason: text, untilMonotonicMs: amount })),
  stoppedBy: orNull(oneOf("budget", "cancel", "error")),
  error: orNull(failure),
});

const flowMark = shape({ atMs: amount, ms: amount, reason: oneOf("rate-limit", "backoff", "lease") });
const byKind: Readonly<Record<RunAlert["kind"], Check>> = {
  budget: shape({ spentUsd: amount, budgetUsd: amount, nextUsd: orNull(amount) }),
  errors: shape({ failed: whole, requests: whole }),
  latency: shape({ p50Ms: amount, usualMs: amount }),
};
const runAlert: Check = (value) => {
  const kind = (value as { kind?: unknown } | null | undefined)?.kind;
  return typeof kind === "string" && Object.hasOwn(byKind, kind) && byKind[kind as RunAlert["kind"]](value);
};

const runDetails = shape({
  hotFiles: listOf(shape({ path: text, error: whole, warning: whole, info: whole })),
  costliest: listOf(shape({ path: text, costUsd: amount })),
  failed: listOf(shape({ path: text, reason: text })),
  rateLimits: shape({ count: whole, waitedMs: amount }),
  flow: shape({ stepMs: amount, inFlight: listOf(whole), limit: listOf(orNull(whole)), marks: listOf(flowMark) }),
  caches: shape({
    hits: shape({ memory: whole, disk: whole, team: whole, inFlight: whole, semantic: whole }),
    misses: whole,
    hitRate: amount,
    savedBy: orNull(
      shape({ memory: amount, disk: amount, team: amount, inFlight: amount, semantic: amount, provider: amount }),
    ),
    promptCache: shape({
      inputTokens: whole,
      cachedInputTokens: whole,
      cacheWriteTokens: whole,
      savedUsd: orNull(amount),
    }),
  }),
  causes: listOf(shape({ reason: text, files: whole, costUsd: amount })),
  strong: orNull(shape({ model: text, files: whole, costUsd: amount })),
  failures: listOf(shape({ code: text, count: whole })),
  replyTimes: orNull(shape({ fromMs: amount, stepMs: amount, counts: listOf(whole) })),
  outputTokensPerSecond: orNull(amount),
  connections: orNull(whole),
  alerts: listOf(runAlert),
  tools: listOf(shape({ name: text, calls: whole, hits: whole, failures: whole, ms: amount })),
});

const holder = shape({ name: text, bytes: amount, count: whole });
const memoryNow = { rssBytes: amount, heapBytes: amount, externalBytes: amount };
const memoryFigures = shape({
  host: orMissing(
    shape({ activationMs: amount, loopDelayMs: orNull(shape({ p50: amount, p99: amount, max: amount })) }),
  ),
  samples: listOf(shape({ atMs: amount, collections: whole, ...memoryNow })),
  trendBytesPerMinute: orNull(amount),
  holders: listOf(holder),
  limitBytes: amount,
  snapshots: listOf(
    shape({ number: whole, takenAt: text, label: oneOf("run", "asked"), holders: listOf(holder), ...memoryNow }),
  ),
  alert: orNull(shape({ kind: oneOf("leak", "limit"), holder: text, bytes: amount, growthBytes: amount })),
});

const spending = shape({
  today: shape({ usd: amount, runs: whole, endsAt: orMissing(text) }),
  workspace: shape({ usd: amount, since: orNull(text) }),
  unknown: flag,
});

const fileOrder = oneOf("slowest", "dearest");
const fileTable = shape({
  order: fileOrder,
  from: whole,
  total: whole,
  rows: listOf(
    shape({
      path: text,
      status,
      reason: orNull(text),
      ms: amount,
      costUsd: orNull(amount),
      model: orNull(text),
      modelReason: orNull(text),
      asked: orNull(
        shape({
          requests: whole,
          retries: whole,
          failed: whole,
          inputTokens: whole,
          cachedInputTokens: whole,
          outputTokens: whole,
        }),
      ),
    }),
  ),
});

const runSummary = shape({
  runId: text,
  startedAt: text,
  state,
  model: orNull(text),
  durationMs: amount,
  spentUsd: amount,
  costUnknown: flag,
  cachedShare: amount,
  cache: orMissing(shape({ memory: amount, stored: amount, provider: orNull(amount) })),
});

const reportFinding = shape({
  id: text,
  path: text,
  startLine: position,
  startColumn: position,
  endLine: position,
  endColumn: position,
  severity,
  category: text,
  rule: text,
  title: text,
  detail: text,
  quote: text,
  quoteLinesLeftOut: whole,
  source: oneOf("offline", "model"),
  secondLook: orMissing(
    shape({
      verdict: oneOf("confirmed", "refuted", "undecided", "unchecked", "pending"),
      reason: text,
      evidence: orNull(text),
    }),
  ),
});

const reportEntry = union({
  finding: shape({ finding: reportFinding }),
  file: shape({
    path: text,
    status,
    reason: orNull(text),
    summary: orNull(text),
    model: orNull(text),
    costUsd: orNull(amount),
    findings: orNull(listOf(reportFinding)),
    refuted: orMissing(listOf(reportFinding)),
  }),
  notice: shape({ level: severity, message: text }),
});

const reportSummary = shape({
  languages: listOf(shape({ language: text, files: whole })),
  areas: listOf(shape({ path: text, files: whole, findings: whole })),
  areasLeftOut: whole,
  lookFirst: listOf(shape({ path: text, startLine: position, startColumn: position, severity, title: text })),
  patterns: listOf(shape({ rule: text, findings: whole, files: whole })),
});

const hostMessage = union({
  view: shape({
    view: orNull(runView),
    details: orNull(runDetails),
    settings: shape({ provider, model: orNull(text), budgetUsd: orNull(amount), keySet: flag }),
    trusted: flag,
    activity: oneOf("none", "starting", "asking"),
    recent: listOf(runSummary),
    memory: orMissing(orNull(memoryFigures)),
    spending: orNull(spending),
    overnight: orNull(shape({ units: whole, atMostUsd: amount, submittedAt: text })),
    files: orMissing(orNull(fileTable)),
    monotonicMs: amount,
  }),
  report: shape({ runId: text, fromSeq: whole, toSeq: whole, entries: listOf(reportEntry) }),
  summary: shape({ runId: text, summary: reportSummary }),
  "show-finding": shape({ path: text, id: text }),
});

const upToHundred: Check = (value) => whole(value) && (value as number) <= 100;

const viewMessage = union({
  ready: shape({ runId: orNull(text), lastSeq: whole }),
  command: shape({ command: oneOf(...PANEL_COMMANDS), setting: orMissing(oneOf(...PANEL_SETTINGS)) }),
  files: shape({ wish: orNull(shape({ order: fileOrder, from: whole, count: upToHundred })) }),
  open: shape({ path: text, line: position, column: position }),
  copy: shape({ path: text, id: text }),
});

/** For the view: the message, or null when it is not one. */
export function parseHostMessage(value: unknown): HostMessage | null {
  return hostMessage(value) ? (value as HostMessage) : null;
}

/** For the extension: the message, or null when it is not one. */
export function parseViewMessage(value: unknown): ViewMessage | null {
  return viewMessage(value) ? (value as ViewMessage) : null;
}
