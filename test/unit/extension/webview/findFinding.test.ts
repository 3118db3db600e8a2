import { expect, test } from "vitest";
import { findFinding } from "../../../../src/extension/webview/findFinding.ts";
import { sampleFinding, sampleReport } from "../../../support/sampleReport.ts";
import { scriptedFinding, scriptedRun } from "../../../support/scriptedRun.ts";

const nothing = { replay: () => [], lastReport: () => null };

test("what a run has found last of a finding counts", () => {
  const run = scriptedRun("run-1");
  const early = scriptedFinding({ title: "Half" });
  const whole = { ...early, title: "Whole" };
  run.add({ type: "finding", finding: early });
  run.add({ type: "finding", finding: whole });
  expect(findFinding({ ...nothing, replay: () => run.events }, early)).toEqual(whole);
});

test("without a run the stored report is asked; an id in another file is another finding", () => {
  const finding = sampleFinding();
  const source = { ...nothing, lastReport: () => sampleReport({ findings: [finding] }) };
  expect(findFinding(source, finding)).toEqual(finding);
  expect(findFinding(source, { ...finding, path: "src/other.ts" })).toBeUndefined();
  expect(findFinding(nothing, finding)).toBeUndefined();
});
