import type { RunEvent } from "../../shared/events.ts";
import type { FileCounts, RunDetails } from "../../shared/panelProtocol.ts";
import type { Finding } from "../../shared/report.ts";
import { createFlow, type Flow } from "./flow.ts";

/** Folds events into what the panel draws beyond the figures of a `RunView`. */
export interface RunDetailsReader {
  push(event: RunEvent): void;
  details(): RunDetails;
}

export function createRunDetailsReader(): RunDetailsReader {
  let state = freshState(0);

  return {
    push(event) {
      if (event.type === "run-start") state = freshState(event.monotonicMs);
      apply(state, event);
    },
    details: () => ({
      hotFiles: gravestFirst(state.counts.values()),
      costliest: state.costliest,
      failed: state.failed,
      rateLimits: { count: state.rateLimits, waitedMs: state.waitedMs },
      flow: state.flow.samples(),
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
  };
}

function apply(state: State, event: RunEvent) {
  switch (event.type) {
    case "finding":
      return countEarly(state, event.finding);
    case "file-end":
      return endFile(state, event);
    case "request-start":
      return state.flow.start(event.requestId, event.monotonicMs);
    case "request-end":
      return state.flow.end(event.requestId, event.monotonicMs);
    case "concurrency":
      return state.flow.limit(event.limit, event.monotonicMs);
    case "wait":
      if (event.reason !== "rate-limit") return;
      state.rateLimits += 1;
      state.waitedMs += event.ms;
  }
}

function endFile(state: State, event: RunEvent & { type: "file-end" }) {
  // The end of a file has the last word: what was counted as it streamed in is counted anew.
  state.counts.delete(event.path);
  state.early.delete(event.path);
  for (const finding of event.findings) count(state, event.path, finding.severity);
  if (event.costUsd !== null && event.costUsd > 0) {
    state.costliest = [...state.costliest, { path: event.path, costUsd: event.costUsd }]
      .toSorted((a, b) => b.costUsd - a.costUsd)
      .slice(0, 3);
  }
  if (event.status === "failed" && state.failed.length < 5) {
    state.failed = [...state.failed, { path: event.path, reason: event.reason ?? "" }];
  }
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
