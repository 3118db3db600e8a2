import fc from "fast-check";
import { expect, test } from "vitest";
import { type Profiler, SPAN_NAMES } from "../../../../src/core/profile/profiler.ts";
import { createTraceRecorder } from "../../../../src/core/profile/traceRecorder.ts";
import { traceProblems } from "../../../support/checkTrace.ts";
import { openEngine, openModelEngine, openSimulator, requestFor } from "../../../support/engineFixture.ts";
import { shopRun } from "../../../support/scriptedRun.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

/** Begins and ends spans in any order, as requests that run side by side do. */
const steps = fc.array(
  fc.record({
    name: fc.constantFrom(...SPAN_NAMES),
    under: fc.nat({ max: 30 }),
    ends: fc.nat({ max: 30 }),
    afterMs: fc.double({ min: 0, max: 3, noNaN: true }),
  }),
  { maxLength: 60 },
);

test("however spans overlap, each thread of the trace is nested properly and none gets lost", () => {
  fc.assert(
    fc.property(steps, (played) => {
      const clock = { ms: 1_000 };
      const recorder = createTraceRecorder(() => clock.ms);
      const ids: number[] = [];
      for (const { name, under, ends, afterMs } of played) {
        ids.push(recorder.profiler.begin(name, ids[under] ?? 0, `src/${ids.length}.ts`));
        clock.ms += afterMs;
        recorder.profiler.end(ids[ends] ?? 0);
      }
      const trace = recorder.toTrace();
      expect(traceProblems(trace)).toEqual([]);
      expect(trace.traceEvents.filter((event) => event.ph === "X")).toHaveLength(played.length);
    }),
  );
});

test("the check knows what is wrong", () => {
  const span = (ts: number, dur: number) => ({ name: "a", ph: "X", ts, dur, pid: 1, tid: 1 }) as const;
  const name = { name: "thread_name", ph: "M", ts: 0, pid: 1, tid: 1, args: { name: "a" } } as const;
  const problems = (...traceEvents: Parameters<typeof traceProblems>[0]["traceEvents"]) =>
    traceProblems({ traceEvents, displayTimeUnit: "ms", otherData: {} });
  expect(problems(name, span(0, 10), span(2, 8), span(10, 1))).toEqual([]);
  expect(problems(name, span(0, 10), span(5, 10))).toHaveLength(1);
  expect(problems(span(0, 1))).toEqual(["thread 1 has no name"]);
  expect(problems(name, span(0.5, 1), span(-1, 1), span(0, -1))).not.toEqual([]);
});

test("events become curves and marks, and a new run forgets the old one", () => {
  const recorder = createTraceRecorder(() => 0);
  for (const event of shopRun({ end: { stoppedBy: null } }).events) recorder.onEvent(event);
  const trace = recorder.toTrace();
  expect(traceProblems(trace)).toEqual([]);
  expect(trace.otherData).toMatchObject({ runId: "run-1", provider: "openai", model: "gpt-5-mini" });
  const names = new Set(trace.traceEvents.map((event) => event.name));
  for (const name of ["money, USD", "memory, bytes", "request limit", "pause: rate-limit"])
    expect(names).toContain(name);
  for (const event of shopRun({ runId: "run-2", offline: true }).events.slice(0, 1)) recorder.onEvent(event);
  expect(recorder.toTrace().traceEvents).toHaveLength(1);
});

test("marks are bounded, and pauses outlive curves", () => {
  const recorder = createTraceRecorder(() => 0);
  const head = { runId: "r", monotonicMs: 1 };
  for (let seq = 1; seq <= 60_000; seq++) {
    recorder.onEvent({ ...head, seq, type: "memory", rssBytes: seq, heapBytes: seq });
    if (seq % 10_000 === 0) recorder.onEvent({ ...head, seq, type: "wait", reason: "rate-limit", ms: 5 });
  }
  const { traceEvents } = recorder.toTrace();
  expect(traceEvents.length).toBeLessThan(8_300);
  expect(traceEvents.filter((event) => event.ph === "i")).toHaveLength(6);
});

const named = (profiler: Profiler, name: string) => profiler.spans().filter((span) => span.name === name);

test("a run with a model leaves a span for each phase and each step of each request", async () => {
  const simulator = await openSimulator();
  const engine = await openModelEngine(simulator);
  const files = Object.fromEntries(
    Array.from({ length: 6 }, (_, index) => [`src/f${index}.ts`, `export const a${index} = 1;\n`]),
  );
  const recorder = createTraceRecorder(() => performance.now());
  const { profiler } = recorder;
  const report = await engine.run(requestFor(temporaryFolder(files)), { profiler, onEvent: recorder.onEvent });
  expect(report.usage.requests).toBe(6);
  for (const name of ["unit", "prepare", "queue", "request", "first token", "stream", "store", "parse"])
    expect([name, named(profiler, name).length]).toEqual([name, 6]);
  for (const name of [
    "run",
    "plan",
    "look at files",
    "make the plan",
    "open the model",
    "review",
    "offline analysis",
    "report",
  ])
    expect([name, named(profiler, name).length]).toEqual([name, 1]);
  expect(profiler.spans().filter((span) => span.endMs === null)).toEqual([]);
  expect(
    named(profiler, "unit")
      .map((span) => span.detail)
      .toSorted(),
  ).toEqual(Object.keys(files).toSorted());
  expect(traceProblems(recorder.toTrace())).toEqual([]);
});

test("requests that fail and are sent again have their spans too, all of them ended", async () => {
  const simulator = await openSimulator({ faults: [{ fault: { kind: "http-error", status: 503 }, times: 2 }] });
  const engine = await openModelEngine(simulator);
  const recorder = createTraceRecorder(() => performance.now());
  const { profiler } = recorder;
  const folder = temporaryFolder({ "a.ts": "export const a = 1;\n" });
  const report = await engine.run(requestFor(folder), { profiler, onEvent: recorder.onEvent });
  expect(report.usage).toMatchObject({ requests: 3, retries: 2 });
  expect(named(profiler, "request")).toHaveLength(3);
  expect(profiler.spans().filter((span) => span.endMs === null)).toEqual([]);
});

test("an offline run without anybody looking, and one with", async () => {
  const engine = await openEngine();
  const request = requestFor(temporaryFolder({ "a.py": "x = 1\n" }));
  await engine.run(request);
  const recorder = createTraceRecorder(() => performance.now());
  await engine.run(request, { profiler: recorder.profiler });
  expect(named(recorder.profiler, "request")).toEqual([]);
  expect(traceProblems(recorder.toTrace())).toEqual([]);
});
