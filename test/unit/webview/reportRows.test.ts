import fc from "fast-check";
import { expect, test } from "vitest";
import type { ReportFinding } from "../../../src/shared/panelProtocol.ts";
import type { Severity } from "../../../src/shared/report.ts";
import type { FileGroup } from "../../../src/webview/report/reportModel.ts";
import { inPortions, reportRows, type RowFilter, sameRow } from "../../../src/webview/report/reportRows.ts";

const all: RowFilter = { text: "", severities: new Set(["error", "warning", "info"]), order: "arrival" };

function group(path: string, severities: readonly Severity[], changes: Partial<FileGroup> = {}): FileGroup {
  const findings = severities.map((severity, index): ReportFinding => ({
    id: `${path} ${index}`,
    path,
    startLine: index + 1,
    startColumn: 1,
    endLine: index + 1,
    endColumn: 2,
    severity,
    category: "bug",
    rule: `rule-${severity}`,
    title: `Title ${index} of ${path}`,
    detail: "Because of that.",
    quote: "",
    quoteLinesLeftOut: 0,
    source: "model",
  }));
  return { path, status: "reviewed", reason: null, summary: null, model: null, costUsd: null, findings, ...changes };
}

const files = [
  group("src/b.ts", ["info", "warning", "warning"]),
  group("src/a.ts", ["info", "error"]),
  group("src/quiet.ts", [], { summary: "Adds numbers." }),
  group("src/silent.ts", []),
];

function told(filter: Partial<RowFilter>) {
  return reportRows(files, { ...all, ...filter }).rows.map((row) =>
    row.type === "file" ? row.group.path : row.finding.severity,
  );
}

test("a file's findings follow it, gravest first; files with nothing to say are left out", () => {
  expect(told({})).toEqual(["src/b.ts", "warning", "warning", "info", "src/a.ts", "error", "info", "src/quiet.ts"]);
});

test("orders by gravity and by path", () => {
  expect(told({ order: "severity" }).filter((one) => one.startsWith("src/"))).toEqual([
    "src/a.ts",
    "src/b.ts",
    "src/quiet.ts",
  ]);
  expect(told({ order: "path" }).filter((one) => one.startsWith("src/"))).toEqual([
    "src/a.ts",
    "src/b.ts",
    "src/quiet.ts",
  ]);
});

test("filters by severity, and by text in title, rule, explanation and path", () => {
  expect(told({ severities: new Set(["error"]) })).toEqual(["src/a.ts", "error"]);
  expect(told({ text: "RULE-ERROR" })).toEqual(["src/a.ts", "error"]);
  expect(told({ text: "src/a" })).toEqual(["src/a.ts", "error", "info"]);
  expect(told({ text: "numbers" })).toEqual(["src/quiet.ts"]);
  expect(told({ text: "nowhere" })).toEqual([]);
});

test("counts what passes, and the files that it is in", () => {
  expect(reportRows(files, all)).toMatchObject({ findings: 5, files: 2 });
});

test("every finding is shown once, and numbered without gaps, whatever the order", () => {
  const severity = fc.constantFrom<Severity>("error", "warning", "info");
  const groups = fc.uniqueArray(fc.tuple(fc.string(), fc.array(severity)), { selector: ([path]) => path });
  fc.assert(
    fc.property(groups, fc.constantFrom("arrival", "severity", "path"), (described, order) => {
      const some = described.map(([path, severities]) => group(path, severities));
      const shown = reportRows(some, { ...all, order }).rows.filter((row) => row.type === "finding");
      const expected = some.flatMap((one) => one.findings.map((finding) => finding.id));
      expect(shown.map((row) => row.finding.id).toSorted()).toEqual(expected.toSorted());
      expect(shown.map((row) => row.position)).toEqual(shown.map((_, index) => index + 1));
    }),
  );
});

test("portions hold all rows in order, and unchanged rows are the same", () => {
  const { rows } = reportRows(files, all);
  expect(inPortions(rows, 3).flat()).toEqual(rows);
  expect(inPortions(rows, 3).map((portion) => portion.length)).toEqual([3, 3, 2]);
  const again = reportRows(files, all).rows;
  expect(rows.every((row, index) => sameRow(row, again[index]!))).toBe(true);
  expect(sameRow(rows[0]!, rows[1]!)).toBe(false);
});
