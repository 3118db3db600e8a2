import type { Log } from "sarif";
import { expect, it } from "vitest";
import { uncheckedWords } from "../../../../src/core/export/figures.ts";
import { renderJson } from "../../../../src/core/export/jsonReporter.ts";
import { renderSarif } from "../../../../src/core/export/sarifReporter.ts";
import type { Report, SecondLook } from "../../../../src/shared/report.ts";
import { reportMarkdown } from "../../../../src/shared/reportMarkdown.ts";
import { sampleFinding, sampleReport } from "../../../support/sampleReport.ts";

const look = (verdict: SecondLook["verdict"], reason: string): SecondLook => ({ verdict, reason, evidence: "if (x)" });

const report: Report = {
  ...sampleReport({ findings: [sampleFinding({ secondLook: look("confirmed", "It is never awaited.") })] }),
  suppressed: { dismissed: 0, inline: 0, baseline: 0, refuted: 1 },
  refuted: [sampleFinding({ title: "Never so", startLine: 1, secondLook: look("refuted", "[It](x) is checked.") })],
};

it("JSON has refuted ones beside the findings, with verdict, reason and evidence", () => {
  const read = JSON.parse([...renderJson(report)].join("")) as Report;
  expect(Object.keys(read).indexOf("refuted")).toBe(Object.keys(read).indexOf("findings") + 1);
  expect(read.refuted).toEqual(report.refuted);
  expect(read.findings[0]!.secondLook).toEqual(report.findings[0]!.secondLook);
});

it("SARIF has refuted ones as suppressed results, and says what was confirmed", () => {
  const text = [...renderSarif(report, { folders: [{ path: "/x", prefix: "" }], readLines: () => undefined })].join("");
  const { results } = (JSON.parse(text) as Log).runs[0]!;
  const refuted = results!.filter(({ suppressions }) => suppressions);
  expect(refuted).toHaveLength(1);
  expect(refuted[0]).toMatchObject({
    level: "error",
    suppressions: [
      { kind: "external", status: "accepted", justification: "Refuted by a second look: [It] (x) is checked." },
    ],
  });
  const confirmed = results!.find(({ suppressions }) => !suppressions);
  expect(confirmed!.message.text).toMatch(/Confirmed by a second look: It is never awaited\.$/);
});

it("Markdown lists refuted ones at the end, as text", () => {
  const text = reportMarkdown(report);
  expect(text).toContain("Confirmed by a second look\\: It is never awaited\\.");
  expect(text).toMatch(/## Refuted by a second look \(1\)\n\n- Never so \(`src\/payments\/refund\.ts:1`\): \\\[It\\\]/);
});

it("errors that nobody came to check are told", () => {
  expect(uncheckedWords(report)).toEqual([]);
  const findings = [sampleFinding({ severity: "warning", secondLook: look("unchecked", "the budget was reached") })];
  expect(uncheckedWords(sampleReport({ findings }))).toEqual([
    "1 claimed error was not checked and is shown as a warning: run again to check",
  ]);
});
