/** A run as a Chrome trace: its spans, and from its events the pauses and the curves of money, memory and limit. */
import { escapeLine } from "../../shared/escapeText.ts";
import type { RunEvent } from "../../shared/events.ts";
import { createProfiler, type Profiler, type SpanName } from "./profiler.ts";
import { assignLanes, type ClosedSpan } from "./spanLanes.ts";

/** The part of the Trace Event Format that is used; `ts` and `dur` are microseconds. */
export interface TraceEvent {
  readonly name: string;
  readonly ph: "X" | "C" | "i" | "M";
  readonly ts: number;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly cat?: string;
  /** Of an instant: drawn over the whole process. */
  readonly s?: "p";
  readonly args?: Readonly<Record<string, string | number | boolean>>;
}

export interface TraceFile {
  readonly traceEvents: readonly TraceEvent[];
  readonly displayTimeUnit: "ms";
  /** Run, model, figures of each kind of span; viewers show it on request. */
  readonly otherData: Readonly<Record<string, string | number | boolean>>;
}

export interface TraceRecorder {
  /** Handed to the run. */
  readonly profiler: Profiler;
  /** A `run-start` forgets the run before. */
  onEvent(event: RunEvent): void;
  /** Whether there is a run to tell of. */
  readonly hasRun: boolean;
  toTrace(): TraceFile;
  readonly sizeBytes: number;
  clear(): void;
}

type Mark = Pick<TraceEvent, "name" | "ph"> & {
  readonly atMs: number;
  readonly args: NonNullable<TraceEvent["args"]>;
};

/** Of curves and marks: a long run loses every second one, evenly. */
const MAX_MARKS = 8_192;
const BYTES_PER_MARK = 160;
const PID = 1;

export function createTraceRecorder(monotonicMs: () => number): TraceRecorder {
  const profiler = createProfiler(monotonicMs);
  let marks: Mark[] = [];
  let about: Record<string, string | number | boolean> = {};

  const clear = () => {
    marks = [];
    about = {};
    profiler.clear();
  };

  return {
    profiler,
    onEvent(event) {
      if (event.type === "run-start") {
        clear();
        const { runId, startedAt, provider, model } = event;
        about = { runId, startedAt, provider, ...(model === null ? {} : { model: escapeLine(model) }) };
      }
      const mark = markOf(event);
      if (!mark) return;
      if (marks.length >= MAX_MARKS) marks = marks.filter((one, index) => one.ph !== "C" || index % 2 === 0);
      if (marks.length < MAX_MARKS) marks.push(mark);
    },
    get hasRun() {
      return about["runId"] !== undefined;
    },
    toTrace: () => toTrace(profiler, marks, about, monotonicMs()),
    get sizeBytes() {
      return profiler.sizeBytes + marks.length * BYTES_PER_MARK;
    },
    clear,
  };
}

function markOf(event: RunEvent): Mark | null {
  const atMs = event.monotonicMs;
  switch (event.type) {
    case "money":
      return { name: "money, USD", ph: "C", atMs, args: { spent: event.spentUsd, reserved: event.reservedUsd } };
    case "memory":
      return { name: "memory, bytes", ph: "C", atMs, args: { heap: event.heapBytes, process: event.rssBytes } };
    case "concurrency":
      return { name: "request limit", ph: "C", atMs, args: { limit: event.limit } };
    case "wait":
      return { name: `pause: ${event.reason}`, ph: "i", atMs, args: { ms: event.ms } };
    case "budget":
      return { name: `budget ${event.level}`, ph: "i", atMs, args: { nextUsd: event.nextUsd } };
    default:
      return null;
  }
}

/** Rows in the order in which people ask: the run, what it prepared, what it sent, what it analysed. */
const GROUPS: readonly string[] = ["Run", "Requests", "Offline analysis"];

function groupOf({ name }: { readonly name: SpanName }): string {
  switch (name) {
    case "unit":
    case "prepare":
    case "queue":
    case "request":
    case "first token":
    case "stream":
    case "store":
    case "parse":
      return "Requests";
    case "batch":
    case "offline analysis":
      return "Offline analysis";
    default:
      return "Run";
  }
}

function toTrace(profiler: Profiler, marks: readonly Mark[], about: TraceFile["otherData"], nowMs: number): TraceFile {
  const spans = profiler.spans();
  // Not Math.min with all of them: so many arguments would overflow the stack.
  const startMs = [...spans.map((span) => span.startMs), ...marks.map((mark) => mark.atMs)].reduce(
    (least, ms) => Math.min(least, ms),
    Infinity,
  );
  const microseconds = (ms: number) => Math.round((ms - startMs) * 1_000);
  const closed = spans.map((span): ClosedSpan => ({ ...span, endMs: Math.max(span.startMs, span.endMs ?? nowMs) }));
  const lanes = assignLanes(closed, groupOf).toSorted((a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group));
  const unfinished = new Set(spans.filter((span) => span.endMs === null).map((span) => span.id));
  const events: TraceEvent[] = [metadata("process_name", 0, { name: "Onceover" })];
  const counts = new Map<string, number>();
  for (const [index, lane] of lanes.entries()) {
    const tid = index + 1;
    const number = (counts.get(lane.group) ?? 0) + 1;
    counts.set(lane.group, number);
    events.push(metadata("thread_name", tid, { name: number === 1 ? lane.group : `${lane.group} ${number}` }));
    events.push(metadata("thread_sort_index", tid, { sort_index: tid }));
    for (const span of lane.spans) {
      const ts = microseconds(span.startMs);
      events.push({
        name: span.name,
        ph: "X",
        cat: lane.group.toLowerCase(),
        ts,
        // Both ends are rounded, not the length: what lies within another span still does.
        dur: microseconds(span.endMs) - ts,
        pid: PID,
        tid,
        ...argsOf(span, unfinished.has(span.id)),
      });
    }
  }
  for (const { name, ph, atMs, args } of marks) {
    events.push({ name, ph, ts: microseconds(atMs), pid: PID, tid: 0, args, ...(ph === "i" && { s: "p" }) });
  }
  return { traceEvents: events, displayTimeUnit: "ms", otherData: { ...about, ...figuresOf(profiler) } };
}

function metadata(name: string, tid: number, args: NonNullable<TraceEvent["args"]>): TraceEvent {
  return { name, ph: "M", ts: 0, pid: PID, tid, args };
}

/** None where there is nothing to say: readers write what is there beside the name, also where it is empty. */
function argsOf({ name, detail }: ClosedSpan, isUnfinished: boolean): Pick<TraceEvent, "args"> {
  if (detail === null && !isUnfinished) return {};
  const args = {
    ...(detail !== null && { [name === "request" ? "requestId" : "path"]: escapeLine(detail) }),
    ...(isUnfinished && { unfinished: true }),
  };
  return { args };
}

function figuresOf(profiler: Profiler): TraceFile["otherData"] {
  const figures: Record<string, string | number> = { droppedSpans: profiler.dropped };
  for (const { name, count, totalMs, ms } of profiler.summary()) {
    figures[name] =
      `${count} in ${totalMs.toFixed(1)} ms; p50 ${ms.p50.toFixed(1)}, p95 ${ms.p95.toFixed(1)}, p99 ${ms.p99.toFixed(1)}, max ${ms.max.toFixed(1)} ms`;
  }
  return figures;
}
