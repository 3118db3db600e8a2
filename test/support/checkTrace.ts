import type { TraceEvent, TraceFile } from "../../src/core/profile/traceRecorder.ts";

/**
 * The rules by which Perfetto and speedscope read a trace: whole microseconds from 0, a process and a thread for each,
 * and within a thread spans that lie in one another or apart. One line per broken rule.
 */
export function traceProblems({ traceEvents, displayTimeUnit }: TraceFile): string[] {
  const problems: string[] = [];
  if (displayTimeUnit !== "ms") problems.push(`displayTimeUnit ${String(displayTimeUnit)}`);
  for (const event of traceEvents) {
    const say = (what: string) => problems.push(`${event.name}: ${what}`);
    if (!["X", "C", "i", "M"].includes(event.ph)) say(`ph ${event.ph}`);
    if (!Number.isSafeInteger(event.ts) || event.ts < 0) say(`ts ${event.ts}`);
    if (!Number.isSafeInteger(event.pid) || !Number.isSafeInteger(event.tid)) say(`pid ${event.pid} tid ${event.tid}`);
    if (event.ph === "X" && !(Number.isSafeInteger(event.dur) && event.dur! >= 0)) say(`dur ${event.dur}`);
    if (event.ph === "C" && !Object.values(event.args ?? {}).every(Number.isFinite))
      say("a curve of what is no number");
    if (event.ph === "i" && event.s !== "p") say(`scope ${event.s}`);
  }
  for (const [tid, spans] of Map.groupBy(traceEvents.filter(isSpan), (event) => event.tid)) {
    const named = traceEvents.some((event) => event.name === "thread_name" && event.ph === "M" && event.tid === tid);
    if (!named) problems.push(`thread ${tid} has no name`);
    problems.push(...nestingProblems(spans).map((problem) => `thread ${tid}: ${problem}`));
  }
  return problems;
}

function isSpan(event: TraceEvent): boolean {
  return event.ph === "X";
}

/** In the order in which a reader meets them: by their beginning, the longer one first. */
function nestingProblems(spans: readonly TraceEvent[]): string[] {
  const problems: string[] = [];
  const around: number[] = [];
  for (const { name, ts, dur = 0 } of spans.toSorted((a, b) => a.ts - b.ts || b.dur! - a.dur!)) {
    while (around.length > 0 && around.at(-1)! <= ts) around.pop();
    if (around.length > 0 && around.at(-1)! < ts + dur) problems.push(`${name} at ${ts} outlasts what it lies in`);
    around.push(ts + dur);
  }
  return problems;
}
