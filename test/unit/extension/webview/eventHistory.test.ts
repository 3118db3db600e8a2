import fc from "fast-check";
import { expect, test } from "vitest";
import { createEventHistory } from "../../../../src/extension/webview/eventHistory.ts";
import { createReportModel } from "../../../../src/webview/report/reportModel.ts";
import { entriesOfEvent } from "../../../../src/extension/webview/reportEntries.ts";
import type { RunEvent } from "../../../../src/shared/events.ts";
import { scriptedFinding, scriptedRun, shopRun } from "../../../support/scriptedRun.ts";

function historyOf(events: readonly RunEvent[]) {
  const history = createEventHistory();
  for (const event of events) history.push(event);
  return history;
}

test("a file's end takes the place of the findings that streamed in before it", () => {
  const run = scriptedRun("run-1");
  const finding = scriptedFinding({ path: "src/a.ts" });
  run.add({ type: "finding", finding });
  run.add({ type: "finding", finding: scriptedFinding({ path: "src/b.ts" }) });
  run.add({ type: "finding", finding: scriptedFinding({ path: "src/b.ts", detail: "all of it" }) });
  run.add({
    type: "file-end",
    path: "src/a.ts",
    status: "reviewed",
    reason: null,
    language: null,
    sizeBytes: 1,
    durationMs: 1,
    model: null,
    costUsd: null,
    summary: null,
    findings: [finding],
  });
  const history = historyOf(run.events);
  expect(history.since(0).map((event) => event.seq)).toEqual([3, 4]);
  expect(history.since(3).map((event) => event.seq)).toEqual([4]);
  expect(history.since(4)).toEqual([]);
});

test("a new run forgets the one before it", () => {
  const history = historyOf([...shopRun({ runId: "run-1" }).events, ...shopRun({ runId: "run-2", ended: 2 }).events]);
  expect(new Set(history.since(0).map((event) => event.runId))).toEqual(new Set(["run-2"]));
});

test("it knows the paths that the run has spoken of, and no others", () => {
  const history = historyOf(shopRun().events);
  expect(history.knows("src/payments/refund.ts")).toBe(true);
  expect(history.knows("src/payments/../payments/refund.ts")).toBe(false);
  expect(history.knows("/etc/passwd")).toBe(false);
});

test("it stays as small as the report: facts that replace one another do not add up", () => {
  const run = scriptedRun("run-1");
  const history = createEventHistory();
  for (let index = 0; index < 5000; index++) {
    history.push(run.add({ type: "memory", rssBytes: index, heapBytes: index }));
    history.push(run.add({ type: "concurrency", limit: index }));
    history.push(run.add({ type: "request-first-token", requestId: String(index), ms: 1 }));
  }
  expect(history.since(0).map((event) => event.type)).toEqual(["memory", "concurrency"]);
});

test("wherever a view left off, what is replayed to it makes the same report", () => {
  const { events } = shopRun({ failed: 2, end: { stoppedBy: null } });
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: events.length }), { maxLength: 6 }), (stops) => {
      const whole = createReportModel();
      const halting = createReportModel();
      const history = createEventHistory();
      let stood = 0;
      const catchUp = () => {
        const missed = history.since(stood);
        const toSeq = missed.at(-1)?.seq ?? stood;
        halting.apply({
          type: "report",
          runId: "run-1",
          fromSeq: stood,
          toSeq,
          entries: missed.flatMap(entriesOfEvent),
        });
        stood = toSeq;
      };
      const pauses = new Set(stops);
      for (const [index, event] of events.entries()) {
        history.push(event);
        whole.apply({
          type: "report",
          runId: "run-1",
          fromSeq: index,
          toSeq: index + 1,
          entries: entriesOfEvent(event),
        });
        if (pauses.has(index)) catchUp();
      }
      catchUp();
      expect(halting.files()).toEqual(whole.files());
    }),
    { numRuns: 40 },
  );
});
