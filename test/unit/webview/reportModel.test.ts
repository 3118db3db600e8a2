import { expect, test } from "vitest";
import type { ReportEntry, ReportFinding } from "../../../src/shared/panelProtocol.ts";
import { createReportModel } from "../../../src/webview/report/reportModel.ts";

function finding(changes: Partial<ReportFinding> = {}): ReportFinding {
  return {
    id: "f1",
    path: "src/a.ts",
    startLine: 1,
    startColumn: 1,
    endLine: 1,
    endColumn: 2,
    severity: "info",
    category: "bug",
    rule: "rule",
    title: "title",
    detail: "detail",
    quote: "quote",
    quoteLinesLeftOut: 0,
    source: "model",
    ...changes,
  };
}

function file(changes: Partial<ReportEntry & { type: "file" }> = {}): ReportEntry {
  return {
    type: "file",
    path: "src/a.ts",
    status: "reviewed",
    reason: null,
    summary: null,
    model: null,
    costUsd: null,
    findings: [],
    ...changes,
  };
}

function batch(fromSeq: number, toSeq: number, entries: readonly ReportEntry[], runId = "run-1") {
  return { type: "report", runId, fromSeq, toSeq, entries } as const;
}

test("findings show before their file has ended; its end has the last word", () => {
  const model = createReportModel();
  model.apply(
    batch(0, 2, [
      { type: "finding", finding: finding() },
      { type: "finding", finding: finding({ id: "f2" }) },
    ]),
  );
  expect(model.files()).toMatchObject([{ status: null, findings: [{ id: "f1" }, { id: "f2" }] }]);
  model.apply(batch(2, 3, [file({ findings: [finding({ id: "f2" })], summary: "Does a thing." })]));
  expect(model.files()).toMatchObject([{ status: "reviewed", summary: "Does a thing.", findings: [{ id: "f2" }] }]);
});

test("a status alone keeps findings and summary", () => {
  const model = createReportModel();
  model.apply(batch(0, 1, [file({ findings: [finding()], summary: "Does a thing." })]));
  model.apply(batch(1, 2, [file({ status: "failed", reason: "cut off", findings: null })]));
  expect(model.files()).toMatchObject([
    { status: "failed", reason: "cut off", summary: "Does a thing.", findings: [{ id: "f1" }] },
  ]);
});

test("a message out of turn changes nothing and is reported", () => {
  const model = createReportModel();
  model.apply(batch(0, 5, [file()]));
  expect(model.apply(batch(7, 9, [file({ path: "src/b.ts" })]))).toBe(false);
  expect(model.apply(batch(5, 9, [file({ path: "src/b.ts" })], "run-2"))).toBe(false);
  expect([model.files().length, model.lastSeq, model.runId]).toEqual([1, 5, "run-1"]);
});

test("a run from its beginning replaces the one before", () => {
  const model = createReportModel();
  model.apply(batch(0, 5, [file(), { type: "notice", level: "info", message: "hello" }]));
  model.apply(batch(0, 1, [], "run-2"));
  expect([model.files(), model.notices(), model.runId]).toEqual([[], [], "run-2"]);
});

test("what has not changed keeps its identity, so that it is not drawn again", () => {
  const model = createReportModel();
  model.apply(batch(0, 2, [file(), file({ path: "src/b.ts" })]));
  const [before] = model.files();
  model.apply(batch(2, 3, [file({ path: "src/b.ts", status: "failed" })]));
  expect(model.files()[0]).toBe(before);
});
