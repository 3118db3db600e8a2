/** Drops what is no message of the panel's protocol: unknown, malformed, or from elsewhere. */
import { amount, flag, listOf, oneOf, orMissing, orNull, position, shape, text, union, whole } from "./check.ts";
import { type HostMessage, PANEL_COMMANDS, type ViewMessage } from "./panelProtocol.ts";

const provider = oneOf("offline", "openai", "anthropic", "ollama", "vscode");
const severity = oneOf("error", "warning", "info");
const status = oneOf("reviewed", "cached", "skipped", "failed", "pending");
const state = oneOf("idle", "running", "complete", "partial", "cancelled", "budget", "error", "interrupted");
const samples = shape({ count: whole, p50: amount, p95: amount, max: amount });
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
  requests: shape({ started: whole, ended: whole, failed: whole, retries: whole }),
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

const runDetails = shape({
  hotFiles: listOf(shape({ path: text, error: whole, warning: whole, info: whole })),
  costliest: listOf(shape({ path: text, costUsd: amount })),
  failed: listOf(shape({ path: text, reason: text })),
  rateLimits: shape({ count: whole, waitedMs: amount }),
  flow: shape({ stepMs: amount, inFlight: listOf(whole), limit: listOf(orNull(whole)) }),
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
    recent: listOf(runSummary),
    monotonicMs: amount,
  }),
  report: shape({ runId: text, fromSeq: whole, toSeq: whole, entries: listOf(reportEntry) }),
  summary: shape({ runId: text, summary: reportSummary }),
  "show-finding": shape({ path: text, id: text }),
});

const viewMessage = union({
  ready: shape({ runId: orNull(text), lastSeq: whole }),
  command: shape({ command: oneOf(...PANEL_COMMANDS) }),
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
