import type { RunEvent } from "./events.ts";
import { createRemainingTime } from "./remainingTime.ts";
import type { Coverage, DailyBudget, FileStatus, Finding, Percentiles, Report, Severity } from "./report.ts";
import type { RunReader, RunState, RunView, Samples } from "./runView.ts";
import { createSampleRing } from "./sampleRing.ts";

const MAX_IN_FLIGHT = 16;
const MAX_SLOWEST = 10;

/**
 * A run begins with its `run-start`; another one starts afresh. Events that were seen already (their `seq` is not
 * greater than the last one's) and late ones of an earlier run change nothing, so replaying is always safe.
 */
export function createRunReader(): RunReader {
  let state = freshState();
  return {
    push(event) {
      if (event.runId !== state.runId) {
        if (state.runId !== "" && event.type !== "run-start") return;
        state = freshState();
        state.runId = event.runId;
        state.startMs = event.monotonicMs;
      }
      if (event.seq <= state.lastSeq) return;
      state.lastSeq = event.seq;
      state.lastMs = Math.max(state.lastMs, event.monotonicMs);
      apply(state, event);
    },
    view: (monotonicMs) => viewOf(state, monotonicMs),
  };
}

type EventOf<Type extends RunEvent["type"]> = Extract<RunEvent, { readonly type: Type }>;

type State = ReturnType<typeof freshState>;

function freshState() {
  return {
    runId: "",
    lastSeq: 0,
    startMs: 0,
    lastMs: 0,
    state: "idle" as RunState,
    workspace: "",
    startedAt: "",
    provider: "offline" as RunView["provider"],
    model: null as string | null,
    budgetUsd: null as number | null,
    daily: undefined as DailyBudget | undefined,
    quote: null as RunView["quote"],
    /** What the run answers for, as far as it is known. */
    files: 0,
    ended: { reviewed: 0, cached: 0, skipped: 0, failed: 0, pending: 0 } satisfies Record<FileStatus, number>,
    findings: noFindings(),
    /** Findings that were shown before their file ended; the end of the file replaces them. */
    early: new Map<string, Map<Finding["id"], Severity>>(),
    inFlight: new Map<string, { readonly paths: readonly string[]; readonly sinceMs: number }>(),
    money: { spentUsd: 0, reservedUsd: 0, savedUsd: 0, maybeBilledUsd: 0, costUnknown: false },
    requests: { started: 0, ended: 0, failed: 0, retries: 0 },
    tokens: { input: 0, cachedInput: 0, output: 0 },
    latency: createSampleRing(),
    firstToken: createSampleRing(),
    slowest: [] as RunView["slowest"],
    phases: new Map<string, number>(),
    memory: { rssBytes: 0, peakRssBytes: 0, heapBytes: 0 },
    remaining: createRemainingTime(),
    waiting: null as RunView["waiting"],
    report: null as Report | null,
    error: null as RunView["error"],
  };
}

function noFindings(): Record<Severity, number> {
  return { error: 0, warning: 0, info: 0 };
}

function apply(state: State, event: RunEvent): void {
  switch (event.type) {
    case "run-start":
      return startRun(state, event);
    case "phase":
      if (event.state === "end") state.phases.set(event.name, (state.phases.get(event.name) ?? 0) + event.ms);
      return;
    case "snapshot":
      state.files = event.files;
      return;
    case "plan":
      state.files = event.files;
      state.quote = event.quote;
      if (!event.priceKnown && event.misses > 0) state.money.costUnknown = true;
      state.remaining.begin(event.monotonicMs);
      return;
    case "finding":
      return addEarlyFinding(state, event.finding);
    case "file-end":
      return endFile(state, event);
    case "unchanged":
      return endAll(state, event.report);
    case "request-start":
      state.requests.started++;
      if (event.attempt > 1) state.requests.retries++;
      state.inFlight.set(event.requestId, { paths: event.paths, sinceMs: event.monotonicMs });
      return;
    case "request-first-token":
      state.firstToken.push(event.ms);
      return;
    case "request-end":
      return endRequest(state, event);
    case "wait":
      return startWaiting(state, event);
    case "money":
      state.money = moneyOf(event, event.unknown || state.money.costUnknown);
      return;
    case "memory":
      state.memory = {
        rssBytes: event.rssBytes,
        peakRssBytes: Math.max(state.memory.peakRssBytes, event.rssBytes),
        heapBytes: event.heapBytes,
      };
      return;
    case "run-end":
      return endRun(state, event);
    case "daily-budget": {
      const { limitUsd, usedUsd, endsAt, reached } = event;
      state.daily = { limitUsd, usedUsd, endsAt, reached };
      return;
    }
    case "concurrency":
    case "connections":
    case "budget":
    case "notice":
  }
}

function startRun(state: State, event: EventOf<"run-start">): void {
  state.state = "running";
  state.workspace = event.workspace;
  state.startedAt = event.startedAt;
  state.provider = event.provider;
  state.model = event.model;
  state.budgetUsd = event.budgetUsd;
}

/** One that has been seen already has more to it now. */
function addEarlyFinding(state: State, { path, id, severity }: Finding): void {
  const early = state.early.get(path) ?? new Map<Finding["id"], Severity>();
  const before = early.get(id);
  if (before) state.findings[before]--;
  early.set(id, severity);
  state.early.set(path, early);
  state.findings[severity]++;
}

function endFile(state: State, event: EventOf<"file-end">): void {
  for (const severity of state.early.get(event.path)?.values() ?? []) state.findings[severity]--;
  state.early.delete(event.path);
  for (const finding of event.findings) state.findings[finding.severity]++;
  state.ended[event.status]++;
  const isWork = event.status === "reviewed" || event.status === "failed";
  if (!isWork) return;
  state.remaining.ended(event.monotonicMs);
  if (event.durationMs > (state.slowest[MAX_SLOWEST - 1]?.ms ?? 0)) {
    state.slowest = [...state.slowest, { path: event.path, ms: event.durationMs }]
      .toSorted((a, b) => b.ms - a.ms)
      .slice(0, MAX_SLOWEST);
  }
}

function endAll(state: State, { coverage, findings }: Report): void {
  const { files: _sum, ...ended } = coverage;
  state.ended = ended;
  for (const { severity } of findings) state.findings[severity]++;
}

function endRequest(state: State, event: EventOf<"request-end">): void {
  state.inFlight.delete(event.requestId);
  state.requests.ended++;
  if (event.outcome === "failed") state.requests.failed++;
  if (event.outcome === "ok") state.latency.push(event.ms);
  state.tokens.input += event.usage?.inputTokens ?? 0;
  state.tokens.cachedInput += event.usage?.cachedInputTokens ?? 0;
  state.tokens.output += event.usage?.outputTokens ?? 0;
}

/** Lanes wait side by side: what counts is the one that waits longest. */
function startWaiting(state: State, event: EventOf<"wait">): void {
  const untilMonotonicMs = event.monotonicMs + event.ms;
  if (state.waiting && state.waiting.untilMonotonicMs >= untilMonotonicMs) return;
  state.waiting = { reason: event.reason, untilMonotonicMs };
}

function moneyOf(event: EventOf<"money">, costUnknown: boolean): State["money"] {
  const { spentUsd, reservedUsd, savedUsd, maybeBilledUsd } = event;
  return { spentUsd, reservedUsd, savedUsd, maybeBilledUsd, costUnknown };
}

/** The report has the last word on all that it says. */
function endRun(state: State, { report, stoppedBy, error }: EventOf<"run-end">): void {
  const { usage, cost, memory } = report;
  state.report = report;
  state.error = error;
  state.inFlight.clear();
  state.early.clear();
  state.waiting = null;
  state.state = stoppedBy === null ? (report.run.complete ? "complete" : "partial") : STOPPED[stoppedBy];
  state.quote = cost.quote;
  state.daily = cost.daily;
  state.money = {
    spentUsd: cost.usd,
    reservedUsd: 0,
    savedUsd: cost.savedUsd,
    maybeBilledUsd: cost.maybeBilledUsd,
    costUnknown: cost.unknown,
  };
  state.requests = { ...state.requests, retries: usage.retries, failed: usage.failed ?? state.requests.failed };
  state.tokens = { input: usage.inputTokens, cachedInput: usage.cachedInputTokens, output: usage.outputTokens };
  state.memory = { ...state.memory, peakRssBytes: Math.max(state.memory.peakRssBytes, memory.peakRssBytes) };
}

const STOPPED = { budget: "budget", cancel: "cancelled", error: "error" } as const;

function viewOf(state: State, monotonicMs: number | undefined): RunView {
  const coverage = coverageOf(state);
  const { waiting } = state;
  const nowMs = state.state === "running" ? Math.max(state.lastMs, monotonicMs ?? 0) : state.lastMs;
  const isWaiting = waiting !== null && waiting.untilMonotonicMs > nowMs;
  const pauseMs = isWaiting ? waiting.untilMonotonicMs - nowMs : 0;
  const reviewable = coverage.files - coverage.skipped;
  return {
    runId: state.runId,
    state: state.state,
    workspace: state.workspace,
    startedAt: state.startedAt,
    provider: state.provider,
    model: state.model,
    elapsedMs: state.report?.run.durationMs ?? nowMs - state.startMs,
    coverage,
    inFlight: filesInFlight(state),
    findings: { ...state.findings },
    ...state.money,
    budgetUsd: state.budgetUsd,
    ...(state.daily && { daily: state.daily }),
    quote: state.quote,
    cachedShare: reviewable > 0 ? coverage.cached / reviewable : 0,
    requests: { ...state.requests },
    tokens: { ...state.tokens },
    latencyMs: lastWord(state.latency.summary(), state.report?.latency.requestMs),
    firstTokenMs: lastWord(state.firstToken.summary(), state.report?.latency.firstTokenMs),
    slowest: state.slowest,
    phases: state.report?.latency.phases ?? [...state.phases].map(([name, ms]) => ({ name, ms })),
    memory: { ...state.memory },
    remainingMs: state.state === "running" ? state.remaining.estimateMs(coverage.pending, nowMs, pauseMs) : null,
    waiting: isWaiting ? waiting : null,
    stoppedBy: state.report?.run.stoppedBy ?? null,
    error: state.error,
  };
}

/** The report's percentiles are of all replies, ours of those that are held. A report without any has nothing to say. */
function lastWord(own: Samples, reported: Percentiles | undefined): Samples {
  if (!reported || own.count === 0 || !(reported.max > 0)) return own;
  const { p50, p95, p99, max } = reported;
  return { count: own.count, p50, p95, p99, max };
}

/** `files` is the sum of the rest: what has not ended, or ended unreviewed because the run stopped, is pending. */
function coverageOf(state: State): Coverage {
  if (state.report) return state.report.coverage;
  const { reviewed, cached, skipped, failed } = state.ended;
  const done = reviewed + cached + skipped + failed;
  const files = Math.max(state.files, done + state.ended.pending);
  return { files, reviewed, cached, skipped, failed, pending: files - done };
}

function filesInFlight(state: State): RunView["inFlight"] {
  const files = [...state.inFlight.values()]
    .slice(-MAX_IN_FLIGHT)
    .flatMap(({ paths, sinceMs }) => paths.map((path) => ({ path, sinceMs })));
  return files.slice(-MAX_IN_FLIGHT);
}
