import type { RunEvent } from "../../shared/events.ts";
import type { FileCounts, RunDetails } from "../../shared/panelProtocol.ts";
import type { FileReport, Finding, Report, ToolUse } from "../../shared/report.ts";
import type {
  CostCause,
  FileTable,
  FileWish,
  RunCaches,
  StrongShare,
  TimeHistogram,
} from "../../shared/panelFigures.ts";
import { createAlertReader } from "../../shared/runAlerts.ts";
import { createSampleRing, type SampleRing } from "../../shared/sampleRing.ts";
import { createFileFiguresReader } from "./fileFigures.ts";
import { createFlow, type Flow } from "./flow.ts";

/** Folds events into what the panel draws beyond the figures of a `RunView`. */
export interface RunDetailsReader {
  push(event: RunEvent): void;
  details(): RunDetails;
  files(wish: FileWish): FileTable;
}

export function createRunDetailsReader(): RunDetailsReader {
  let state = freshState(0);
  const files = createFileFiguresReader();
  const alerts = createAlertReader();

  return {
    push(event) {
      if (event.type === "run-start") state = freshState(event.monotonicMs);
      apply(state, event);
      files.push(event);
      alerts.push(event);
    },
    files: (wish) => files.table(wish),
    details: () => ({
      hotFiles: gravestFirst(state.counts.values()),
      costliest: state.costliest,
      failed: state.failed,
      rateLimits: { count: state.rateLimits, waitedMs: state.waitedMs },
      flow: state.flow.samples(),
      caches: cachesOf(state),
      causes: causesOf(state.causes.values()),
      strong: state.strong,
      failures: [...state.failures].map(([code, count]) => ({ code, count })).toSorted((a, b) => b.count - a.count),
      replyTimes: histogramOf(state.replyMs.values()),
      outputTokensPerSecond: state.tokensPerSecond.summary().count > 0 ? state.tokensPerSecond.summary().p50 : null,
      connections: state.connections,
      alerts: alerts.alerts(),
      tools: state.tools,
    }),
  };
}

/** Errors weigh more than any number of warnings, warnings more than any number of infos. At most five. */
export function gravestFirst(files: Iterable<FileCounts>): FileCounts[] {
  return [...files]
    .toSorted((a, b) => b.error - a.error || b.warning - a.warning || b.info - a.info || (a.path < b.path ? -1 : 1))
    .slice(0, 5);
}

interface State {
  readonly counts: Map<string, FileCounts>;
  /** Findings counted before their file ended: each comes twice. */
  readonly early: Map<string, Set<string>>;
  readonly flow: Flow;
  costliest: RunDetails["costliest"];
  failed: RunDetails["failed"];
  rateLimits: number;
  waitedMs: number;
  /** From the plan until the report is there. */
  cache: Report["cache"];
  savedBy: RunCaches["savedBy"];
  readonly promptCache: { input: number; cached: number; written: number; savedUsd: number | null };
  readonly causes: Map<string, CostCause>;
  strong: StrongShare | null;
  readonly failures: Map<string, number>;
  readonly replyMs: SampleRing;
  readonly tokensPerSecond: SampleRing;
  readonly firstTokenMs: Map<string, number>;
  tools: readonly ToolUse[];
  connections: number | null;
}

function freshState(startMs: number): State {
  return {
    counts: new Map(),
    early: new Map(),
    flow: createFlow(startMs),
    costliest: [],
    failed: [],
    rateLimits: 0,
    waitedMs: 0,
    cache: { hits: NO_HITS, misses: 0, hitRate: 0 },
    savedBy: null,
    promptCache: { input: 0, cached: 0, written: 0, savedUsd: 0 },
    causes: new Map(),
    strong: null,
    failures: new Map(),
    replyMs: createSampleRing(),
    tokensPerSecond: createSampleRing(),
    firstTokenMs: new Map(),
    tools: [],
    connections: null,
  };
}

function apply(state: State, event: RunEvent) {
  switch (event.type) {
    case "finding":
      return countEarly(state, event.finding);
    case "file-end":
      return endFile(state, event);
    case "unchanged":
      for (const { path, severity } of event.report.findings) count(state, path, severity);
      return;
    case "request-start":
      return state.flow.start(event.requestId, event.monotonicMs);
    case "request-first-token":
      state.firstTokenMs.set(event.requestId, event.ms);
      return;
    case "request-end":
      return endRequest(state, event);
    case "plan":
      state.cache = planned(event.hits, event.misses);
      return;
    case "tools":
      state.tools = shownTools(event.tools);
      return;
    case "run-end":
      state.cache = event.report.cache;
      state.savedBy = event.report.cost.savedBy ?? null;
      state.tools = shownTools(event.report.tools);
      state.connections = event.report.usage.connections ?? state.connections;
      return;
    case "connections":
      state.connections = event.count;
      return;
    case "concurrency":
      return state.flow.limit(event.limit, event.monotonicMs);
    case "wait":
      state.flow.pause(event.reason, event.ms, event.monotonicMs);
      if (event.reason !== "rate-limit") return;
      state.rateLimits += 1;
      state.waitedMs += event.ms;
  }
}

const MAX_TOOLS = 16;

export function shownTools(tools: readonly ToolUse[] = []): readonly ToolUse[] {
  return tools.filter(({ calls }) => calls > 0).slice(0, MAX_TOOLS);
}

function endFile(state: State, event: RunEvent & { type: "file-end" }) {
  // The end of a file has the last word: what was counted as it streamed in is counted anew.
  state.counts.delete(event.path);
  state.early.delete(event.path);
  for (const finding of event.findings) count(state, event.path, finding.severity);
  // What failed says why it failed, not why it was asked.
  state.strong = withStrong(state.strong, event);
  addCause(state.causes, event.status === "reviewed" ? event.reason : null, event.costUsd);
  if (event.costUsd !== null && event.costUsd > 0) {
    state.costliest = [...state.costliest, { path: event.path, costUsd: event.costUsd }]
      .toSorted((a, b) => b.costUsd - a.costUsd)
      .slice(0, 3);
  }
  if (event.status === "failed" && state.failed.length < 5) {
    state.failed = [...state.failed, { path: event.path, reason: event.reason ?? "" }];
  }
}

const NO_HITS: Report["cache"]["hits"] = { memory: 0, disk: 0, team: 0, inFlight: 0, semantic: 0 };

/** Until the report says it: what the plan found stored. */
function planned(hits: number, misses: number): Report["cache"] {
  return { hits: { ...NO_HITS, disk: hits }, misses, hitRate: hits === 0 ? 0 : hits / (hits + misses) };
}

function endRequest(state: State, event: RunEvent & { type: "request-end" }) {
  state.flow.end(event.requestId, event.monotonicMs);
  const { promptCache, failures } = state;
  const { usage, code, ms } = event;
  promptCache.input += usage?.inputTokens ?? 0;
  promptCache.cached += usage?.cachedInputTokens ?? 0;
  promptCache.written += usage?.cacheWriteTokens ?? 0;
  const firstTokenMs = state.firstTokenMs.get(event.requestId);
  state.firstTokenMs.delete(event.requestId);
  if (event.outcome === "failed") failures.set(code ?? "internal", (failures.get(code ?? "internal") ?? 0) + 1);
  if (usage !== null && event.promptCacheSavedUsd === undefined) promptCache.savedUsd = null;
  if (promptCache.savedUsd !== null) promptCache.savedUsd += event.promptCacheSavedUsd ?? 0;
  if (event.outcome !== "ok") return;
  state.replyMs.push(ms);
  const streamedMs = firstTokenMs === undefined ? 0 : ms - firstTokenMs;
  // What came in one piece did not stream.
  if (streamedMs >= 50 && usage?.outputTokens) state.tokensPerSecond.push((usage.outputTokens * 1_000) / streamedMs);
}

function cachesOf({ cache, savedBy, promptCache }: State): RunCaches {
  const { input, cached, written, savedUsd } = promptCache;
  const prompt = { inputTokens: input, cachedInputTokens: cached, cacheWriteTokens: written, savedUsd };
  return { ...cache, savedBy, promptCache: prompt };
}

/** The dearest first, at most six. */
export function causesOf(causes: Iterable<CostCause>): readonly CostCause[] {
  return [...causes].toSorted((a, b) => b.costUsd - a.costUsd || b.files - a.files).slice(0, 6);
}

/** Adds a file that was paid for to what its reason cost so far. */
export function addCause(causes: Map<string, CostCause>, reason: string | null, costUsd: number | null): void {
  if (costUsd === null || costUsd <= 0) return;
  const name = reason ?? "";
  const before = causes.get(name) ?? { reason: name, files: 0, costUsd: 0 };
  causes.set(name, { reason: name, files: before.files + 1, costUsd: before.costUsd + costUsd });
}

/** What the strong model was paid, with one more file. */
export function withStrong(
  before: StrongShare | null,
  { model, modelReason, costUsd }: Pick<FileReport, "model" | "modelReason" | "costUsd">,
): StrongShare | null {
  if (modelReason === undefined || model === null || costUsd === null || costUsd <= 0) return before;
  return { model, files: (before?.files ?? 0) + 1, costUsd: (before?.costUsd ?? 0) + costUsd };
}

const STEPS = [10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 60_000];
const MAX_BARS = 24;

/** In steps of round length, at most 24 of them; the slowest replies share the last one. */
function histogramOf(values: readonly number[]): TimeHistogram | null {
  if (values.length < 2) return null;
  const longest = values.reduce((most, ms) => Math.max(most, ms), 0);
  const stepMs = STEPS.find((step) => longest / step < MAX_BARS) ?? STEPS.at(-1)!;
  const counts = Array.from({ length: Math.min(MAX_BARS, Math.floor(longest / stepMs) + 1) }, () => 0);
  for (const ms of values) counts[Math.min(counts.length - 1, Math.floor(ms / stepMs))]!++;
  return { fromMs: 0, stepMs, counts };
}

function countEarly(state: State, { path, id, severity }: Finding) {
  const known = state.early.get(path) ?? new Set();
  if (known.has(id)) return;
  state.early.set(path, known.add(id));
  count(state, path, severity);
}

function count(state: State, path: string, severity: "error" | "warning" | "info") {
  const before = state.counts.get(path) ?? { path, error: 0, warning: 0, info: 0 };
  state.counts.set(path, { ...before, [severity]: before[severity] + 1 });
}
