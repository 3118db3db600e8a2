import { expect, test } from "vitest";
import { createRunDetailsReader } from "../../../src/extension/webview/runDetails.ts";
import type { MemoryFigures } from "../../../src/shared/memoryFigures.ts";
import { createRunReader } from "../../../src/shared/runReader.ts";
import { alertsOf } from "../../../src/webview/panel/alertWords.ts";
import { comparedFigures } from "../../../src/webview/panel/compareRuns.tsx";
import { causeName } from "../../../src/webview/panel/causeName.ts";
import { scriptedRun, shopRun, type ScriptedRun } from "../../support/scriptedRun.ts";

const noMemory: MemoryFigures = {
  samples: [],
  trendBytesPerMinute: null,
  holders: [],
  limitBytes: 1e9,
  snapshots: [],
  alert: null,
};

function read(run: ScriptedRun) {
  const reader = createRunReader();
  const details = createRunDetailsReader();
  for (const event of run.events) {
    reader.push(event);
    details.push(event);
  }
  return { view: reader.view(), details: details.details(), memory: null };
}

function requests(run: ScriptedRun, count: number, ms: number, outcome: "ok" | "failed" | "cancelled" = "ok") {
  for (let index = 0; index < count; index++) {
    const requestId = `r${run.events.length}`;
    const paths = ["src/a.ts"];
    run.add({ type: "request-start", requestId, paths, attempt: 1, reservedUsd: 0 });
    run.add({
      type: "request-end",
      requestId,
      paths,
      outcome,
      code: null,
      ms,
      usage: null,
      costUsd: 0,
      maybeBilledUsd: 0,
    });
  }
}

function started(budgetUsd: number | null = 1): ScriptedRun {
  const run = scriptedRun("run-1");
  const about = { startedAt: "2026-11-21T09:30:00Z", workspace: "shop", provider: "openai", model: "m" } as const;
  run.add({ type: "run-start", budgetUsd, ...about });
  return run;
}

const spend = (run: ScriptedRun, spentUsd: number) =>
  run.add({ type: "money", spentUsd, reservedUsd: 0, savedUsd: 0, maybeBilledUsd: 0, unknown: false });

test("a run that goes well has none, nor has one without a budget", () => {
  expect(alertsOf(read(shopRun({ end: { stoppedBy: null } })))).toEqual([]);
  const run = started(null);
  spend(run, 100);
  requests(run, 60, 6_000);
  expect(alertsOf(read(run))).toEqual([]);
});

test("each kind comes once, in the order in which it happened, with one action", () => {
  const run = started();
  requests(run, 20, 2_000);
  requests(run, 15, 9_000);
  spend(run, 0.79);
  expect(read(run).details.alerts.map(({ kind }) => kind)).toEqual(["latency"]);
  spend(run, 0.8);
  spend(run, 0.9);
  requests(run, 20, 100, "failed");
  expect(read(run).details.alerts).toEqual([
    { kind: "latency", p50Ms: 9_000, usualMs: 2_000 },
    { kind: "budget", spentUsd: 0.9, budgetUsd: 1, nextUsd: null },
    { kind: "errors", failed: 20, requests: 55 },
  ]);
  expect(alertsOf(read(run)).map(({ command }) => command)).toEqual(["chooseModel", "openSettings", "showLog"]);
});

test("what is said keeps up with the run: never other figures than beside it, and not that it is slow when it is not", () => {
  const run = started();
  requests(run, 10, 100, "failed");
  requests(run, 90, 2_000);
  const { view, details } = read(run);
  expect(details.alerts).toEqual([{ kind: "errors", failed: view.requests.failed, requests: view.requests.ended }]);
  requests(run, 10, 9_000);
  expect(read(run).details.alerts.map(({ kind }) => kind)).toEqual(["errors", "latency"]);
  requests(run, 10, 5_000);
  expect(read(run).details.alerts.at(-1)).toEqual({ kind: "latency", p50Ms: 5_000, usualMs: 2_000 });
  requests(run, 10, 2_100);
  expect(read(run).details.alerts.map(({ kind }) => kind)).toEqual(["errors"]);
});

test("what was cancelled did not fail, and few requests say nothing", () => {
  const run = started();
  requests(run, 30, 100, "cancelled");
  requests(run, 9, 100, "failed");
  expect(read(run).details.alerts).toEqual([]);
  requests(run, 1, 100, "failed");
  expect(read(run).details.alerts).toHaveLength(1);
});

test("memory speaks when the run is over, the budget only before", () => {
  const leak = { kind: "leak", holder: "findings", bytes: 9e7, growthBytes: 4e7 } as const;
  const run = started();
  spend(run, 0.9);
  const running = { ...read(run), memory: { ...noMemory, alert: leak } };
  expect(alertsOf(running)).toMatchObject([{ command: "openSettings", setting: "budgetUsd" }]);
  const over = { ...running, view: { ...running.view, state: "complete" } as const };
  expect(alertsOf(over)).toEqual([
    expect.objectContaining({ command: "saveHeapSnapshot", text: expect.stringContaining("Findings by file") }),
  ]);
  const limit = { ...over, memory: { ...noMemory, alert: { ...leak, kind: "limit" } as const } };
  expect(alertsOf(limit)).toMatchObject([{ command: "openSettings", setting: "memory.limitMb" }]);
});

test("two runs are compared in what they share; what is not known stays so", () => {
  const base = { runId: "a", startedAt: "", state: "complete", model: "m", costUnknown: false } as const;
  const before = { ...base, durationMs: 10_000, spentUsd: 0.1, cachedShare: 0.5 };
  const after = { ...base, runId: "b", durationMs: 4_000, spentUsd: 0.35, cachedShare: 0.91 };
  expect(comparedFigures(before, after).map(({ change }) => change)).toEqual(["+$0.25", "+41 points", "−6.0\u202fs"]);
  expect(comparedFigures(after, after).map(({ change }) => change)).toEqual(["=", "=", "="]);
  expect(comparedFigures(before, { ...after, costUnknown: true })[0]).toMatchObject({
    is: "≥ $0.35",
    change: "unknown",
  });
});

test("causes have names, and hostile ones are escaped", () => {
  expect(causeName("new file")).toBe("New");
  expect(causeName("model switched from gpt\u202e")).toBe("Another model than gpt\\u{202e}");
  expect(causeName("\u202e")).toBe("\\u{202e}");
});
