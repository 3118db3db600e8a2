import { expect, test } from "vitest";
import { reportDetails } from "../../../../src/extension/webview/reportAsView.ts";
import { createRunDetailsReader } from "../../../../src/extension/webview/runDetails.ts";
import { scriptedFinding, shopRun } from "../../../support/scriptedRun.ts";

const run = shopRun({ failed: 2, end: { stoppedBy: null } });

test("names the files with the gravest findings, the costliest and the failed ones", () => {
  const reader = createRunDetailsReader();
  for (const event of run.events) reader.push(event);
  const details = reader.details();
  expect(details.hotFiles[0]?.error).toBe(1);
  expect(details.hotFiles.map((file) => file.error)).toEqual(
    details.hotFiles.map((file) => file.error).toSorted((a, b) => b - a),
  );
  expect(details.costliest.map((file) => file.costUsd)).toEqual([0.0042, 0.0042, 0.0042]);
  expect(details.failed.map((file) => file.path)).toEqual(["src/payments/refund.ts", "src/http/session.ts"]);
  expect(details.rateLimits).toEqual({ count: 1, waitedMs: 2000 });
});

test("a file's end has the last word on its findings", () => {
  const reader = createRunDetailsReader();
  const streamed = shopRun({ ended: 0 });
  for (const event of streamed.events) reader.push(event);
  reader.push(streamed.add({ type: "finding", finding: scriptedFinding({ path: "src/x.ts", severity: "error" }) }));
  reader.push(streamed.add({ type: "finding", finding: scriptedFinding({ path: "src/x.ts", severity: "error" }) }));
  expect(reader.details().hotFiles).toEqual([{ path: "src/x.ts", error: 1, warning: 0, info: 0 }]);
  const template = run.events.find((event) => event.type === "file-end");
  if (template?.type !== "file-end") throw new Error("no file has ended");
  const { runId: _, seq: __, monotonicMs: ___, ...body } = template;
  reader.push(streamed.add({ ...body, path: "src/x.ts", findings: [] }));
  expect(reader.details().hotFiles).toEqual([]);
});

test("a new run starts with nothing", () => {
  const reader = createRunDetailsReader();
  for (const event of run.events) reader.push(event);
  reader.push(shopRun({ runId: "run-2" }).events[0]!);
  expect(reader.details()).toMatchObject({ hotFiles: [], costliest: [], failed: [], flow: { inFlight: [] } });
});

test("a stored report names the same files as the run did", () => {
  const reader = createRunDetailsReader();
  for (const event of run.events) reader.push(event);
  const end = run.events.at(-1);
  if (end?.type !== "run-end") throw new Error("the run has not ended");
  const { hotFiles, costliest, failed } = reader.details();
  expect(reportDetails(end.report)).toMatchObject({ hotFiles, costliest, failed });
});

test("an unchanged workspace has the files with the gravest findings that its report has", () => {
  const { events } = shopRun({ failed: 0, end: { stoppedBy: null } });
  const end = events.at(-1);
  if (end?.type !== "run-end") throw new Error("the run has not ended");
  const reader = createRunDetailsReader();
  const again = shopRun({ runId: "run-2", ended: 0 });
  reader.push(again.events[0]!);
  reader.push(again.add({ type: "unchanged", report: end.report, summaries: {} }));
  expect(reader.details().hotFiles).toEqual(reportDetails(end.report).hotFiles);
  expect(reader.details().hotFiles.length).toBeGreaterThan(0);
});
