import { describe, expect, it } from "vitest";
import { keepRecentRuns } from "../../../src/extension/keepRecentRuns.ts";
import { createWorkspaceMemory } from "../../../src/extension/memory.ts";
import { restoreReport } from "../../../src/extension/restoreReport.ts";
import { createFindingsStore } from "../../../src/extension/findingsStore.ts";
import { createRunMirror } from "../../../src/extension/runMirror.ts";
import type { RunEvent, RunEventBody } from "../../../src/shared/events.ts";
import { createRunReader } from "../../../src/shared/runReader.ts";
import { memento } from "./editorFakes.ts";
import { events, fileEnd, fileReport, finding, report, runStart, view } from "./fixtures.ts";

const silent = { debug() {}, info() {}, warn() {}, error() {} };

function runOf(runId: string, whole = report({ run: { id: runId }, files: [fileReport()] })): RunEvent[] {
  const end: RunEventBody = { type: "run-end", stoppedBy: null, error: null, report: whole };
  return events([runStart, fileEnd("src/a.ts", [finding()]), end], runId);
}

function play(mirror: ReturnType<typeof createRunMirror>, runId: string) {
  mirror.begin(createRunReader);
  for (const event of runOf(runId)) mirror.push(event);
  mirror.end(null);
}

describe("run mirror", () => {
  it("knows nothing at first, then the run, its events, its report and its paths", () => {
    const mirror = createRunMirror();
    expect([mirror.current(), mirror.shown(), mirror.lastReport()]).toEqual([null, null, null]);
    const seen: number[] = [];
    mirror.onEvent((event) => {
      expect(mirror.replay(event.seq - 1).at(-1)?.seq).toBe(event.seq);
      seen.push(event.seq);
    });
    play(mirror, "one");
    expect(seen).toEqual([1, 2, 3]);
    expect(mirror.current()?.state).toBe("complete");
    expect(mirror.lastReport()?.run.id).toBe("one");
    expect([mirror.knows("src/a.ts"), mirror.knows("src/../a.ts")]).toEqual([true, false]);
    expect(mirror.replay(2).map((event) => event.seq)).toEqual([3]);
  });

  it("lists earlier runs, newest first, without the one that is shown", () => {
    const mirror = createRunMirror();
    for (const id of ["one", "two", "three"]) play(mirror, id);
    expect(mirror.recent().map((run) => run.runId)).toEqual(["two", "one"]);
  });

  it("shows an error before the first event without the figures of the run before", () => {
    const mirror = createRunMirror();
    play(mirror, "one");
    mirror.begin(createRunReader);
    mirror.end({ code: "missing-key", message: "no key" });
    expect(mirror.current()).toMatchObject({ state: "error", runId: "", error: { code: "missing-key" } });
    play(mirror, "two");
    expect(mirror.current()?.error).toBeNull();
  });

  it("shows a stored report until there is a run, and says when one was cut off", () => {
    const mirror = createRunMirror();
    mirror.restore(report({ run: { id: "old" } }), view({ runId: "old" }));
    expect([mirror.current(), mirror.shown()?.runId]).toEqual([null, "old"]);
    mirror.markInterrupted(createRunReader().view());
    expect(mirror.shown()?.state).toBe("interrupted");
    play(mirror, "new");
    expect(mirror.shown()).toMatchObject({ runId: "new", state: "complete" });
  });
});

/** Begins, asks for one file and is not heard of again. */
function startAndAsk(mirror: ReturnType<typeof createRunMirror>, runId: string) {
  mirror.begin(createRunReader);
  const bodies: RunEventBody[] = [
    runStart,
    { type: "snapshot", files: 2, skipped: 0 },
    { type: "request-start", requestId: "r", paths: ["src/a.ts"], attempt: 1, reservedUsd: 0.02 },
    { type: "money", spentUsd: 0.01, reservedUsd: 0.02, savedUsd: 0, maybeBilledUsd: 0, unknown: false },
    { type: "wait", reason: "rate-limit", ms: 60_000 },
  ];
  for (const event of events(bodies, runId)) mirror.push(event);
}

describe("a run that breaks off", () => {
  it("has nothing in flight any more, and what was reserved may have been billed", () => {
    const mirror = createRunMirror();
    startAndAsk(mirror, "one");
    expect(mirror.current()).toMatchObject({ state: "running", reservedUsd: 0.02, inFlight: [{ path: "src/a.ts" }] });
    mirror.end({ code: "internal", message: "The engine has ended." });
    expect(mirror.current()).toMatchObject({
      state: "error",
      inFlight: [],
      reservedUsd: 0,
      spentUsd: 0.01,
      maybeBilledUsd: 0.02,
      waiting: null,
    });
  });

  it("is not shown as running when nothing says why it ended", () => {
    const mirror = createRunMirror();
    startAndAsk(mirror, "one");
    mirror.end(null);
    expect(mirror.current()).toMatchObject({ state: "interrupted", inFlight: [], reservedUsd: 0 });
  });

  it("is remembered for what it was, also while the next one is asked for", () => {
    const mirror = createRunMirror();
    startAndAsk(mirror, "one");
    mirror.end({ code: "internal", message: "The engine has ended." });
    mirror.begin(createRunReader);
    expect([mirror.isStarting(), mirror.current()?.state]).toEqual([true, "error"]);
    for (const event of runOf("two")) mirror.push(event);
    mirror.end(null);
    expect(mirror.recent().map(({ runId, state }) => [runId, state])).toEqual([["one", "error"]]);
  });
});

describe("a run under way", () => {
  it("gets older without events, and what is over does not", () => {
    let nowMs = 1;
    const mirror = createRunMirror(() => nowMs);
    startAndAsk(mirror, "one");
    nowMs = 30_001;
    expect(mirror.current()).toMatchObject({ elapsedMs: 30_000, waiting: { reason: "rate-limit" } });
    nowMs = 90_000;
    expect(mirror.current()?.waiting).toBeNull();
    mirror.end({ code: "internal", message: "The engine has ended." });
    const elapsedMs = mirror.current()?.elapsedMs;
    nowMs = 200_000;
    expect(mirror.current()?.elapsedMs).toBe(elapsedMs);
  });
});

describe("recent runs", () => {
  it("keep how much came from which cache, where the report says it", async () => {
    const state = memento();
    const mirror = createRunMirror();
    keepRecentRuns(mirror, createWorkspaceMemory(state));
    const base = report({ run: { id: "one" }, files: [fileReport()] });
    const hits = { memory: 3, disk: 4, team: 0, inFlight: 1, semantic: 0 };
    const whole = {
      ...base,
      usage: { ...base.usage, inputTokens: 200, cachedInputTokens: 50 },
      cache: { hits, misses: 2, hitRate: 0.8 },
    };
    mirror.begin(createRunReader);
    for (const event of runOf("one", whole)) mirror.push(event);
    mirror.end(null);
    play(mirror, "two");
    play(mirror, "three");
    const cache = { memory: 0.3, stored: 0.5, provider: 0.25 };
    expect(mirror.recent().map((run) => [run.runId, run.cache])).toEqual([
      ["two", undefined],
      ["one", cache],
    ]);
    const next = createRunMirror();
    keepRecentRuns(next, createWorkspaceMemory(state));
    expect(next.recent().at(-1)).toMatchObject({ runId: "one", cache });
  });

  it("hold the run before one that failed before its first event", () => {
    const mirror = createRunMirror();
    for (const id of ["one", "two"]) play(mirror, id);
    mirror.begin(createRunReader);
    mirror.end({ code: "missing-key", message: "no key" });
    expect(mirror.recent().map((run) => run.runId)).toEqual(["two", "one"]);
    play(mirror, "three");
    expect(mirror.recent().map((run) => run.runId)).toEqual(["two", "one"]);
  });

  it("come back after a reload", async () => {
    const state = memento();
    const mirror = createRunMirror();
    keepRecentRuns(mirror, createWorkspaceMemory(state));
    play(mirror, "one");
    play(mirror, "two");
    const next = createRunMirror();
    keepRecentRuns(next, createWorkspaceMemory(state));
    expect(next.recent().map((run) => run.runId)).toEqual(["two", "one"]);
    next.restore(report({ run: { id: "two" } }), view({ runId: "two" }));
    expect(next.recent().map((run) => run.runId)).toEqual(["one"]);
  });
});

const setUp = async (hasReport: boolean) => {
  const memory = createWorkspaceMemory(memento());
  if (hasReport) await memory.runEnded({ hasReport: true });
  let reads = 0;
  const mirror = createRunMirror();
  const findings = createFindingsStore();
  const stored = report({ run: { id: "old" }, files: [fileReport()], findings: [finding()] });
  const options = { memory, mirror, findings, logger: silent };
  const read = async () => {
    reads++;
    return stored;
  };
  return { options, read, mirror, findings, reads: () => reads };
};

describe("restoring", () => {
  it("brings back findings and figures", async () => {
    const { options, read, mirror, findings } = await setUp(true);
    await restoreReport({ ...options, read });
    expect(findings.files().get("src/a.ts")?.findings).toHaveLength(1);
    expect(mirror.shown()?.runId).toBe("old");
  });

  it("loads nothing where there was never a report", async () => {
    const { options, read, reads } = await setUp(false);
    await restoreReport({ ...options, read });
    expect(reads()).toBe(0);
  });

  it("gives way to a run that began meanwhile", async () => {
    const { options, read, mirror, findings } = await setUp(true);
    const slow = async () => {
      mirror.begin(createRunReader);
      return read();
    };
    await restoreReport({ ...options, read: slow });
    expect(findings.files().size).toBe(0);
    expect(mirror.lastReport()).toBeNull();
  });

  it("leaves the window as it was when the report cannot be read", async () => {
    const { options, mirror } = await setUp(true);
    await restoreReport({ ...options, read: () => Promise.reject(new Error("damaged")) });
    expect(mirror.shown()).toBeNull();
  });
});
