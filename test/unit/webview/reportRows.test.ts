import fc from "fast-check";
import { expect, test } from "vitest";
import type { ReportFinding } from "../../../src/shared/panelProtocol.ts";
import type { Severity } from "../../../src/shared/report.ts";
import { countFacets, type Facet, nothingHidden } from "../../../src/webview/report/facets.ts";
import type { FileGroup } from "../../../src/webview/report/reportModel.ts";
import {
  createRowsOf,
  inPortions,
  reportRows,
  rowOfPosition,
  type RowOrder,
} from "../../../src/webview/report/reportRows.ts";
import { createFoldedText, createTextMatcher } from "../../../src/webview/report/textMatcher.ts";

interface Wanted {
  readonly text?: string;
  readonly hidden?: Partial<Record<Facet, readonly string[]>>;
  readonly order?: RowOrder;
}

const folded = createFoldedText();

function hiding(lists: Wanted["hidden"] = {}) {
  const sets = Object.entries(lists).map(([facet, values]) => [facet, new Set(values)]);
  return { ...nothingHidden, ...Object.fromEntries(sets) };
}

function rowsOf(groups: readonly FileGroup[], { text = "", hidden, order = "arrival" }: Wanted = {}) {
  return reportRows(groups, order, createRowsOf(hiding(hidden), createTextMatcher(text, folded)));
}

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
  return {
    path,
    status: "reviewed",
    reason: null,
    summary: null,
    model: null,
    costUsd: null,
    findings,
    refuted: [],
    ...changes,
  };
}

const files = [
  group("src/b.ts", ["info", "warning", "warning"]),
  group("src/a.ts", ["info", "error"]),
  group("src/quiet.ts", [], { summary: "Adds numbers." }),
  group("src/silent.ts", []),
];

function told(wanted: Wanted) {
  return rowsOf(files, wanted).rows.map((row) => (row.type === "file" ? row.group.path : row.finding.severity));
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
  expect(told({ hidden: { severity: ["info", "warning"] } })).toEqual(["src/a.ts", "error"]);
  expect(told({ text: "RULE-ERROR" })).toEqual(["src/a.ts", "error"]);
  expect(told({ text: "src/a" })).toEqual(["src/a.ts", "error", "info"]);
  expect(told({ text: "numbers" })).toEqual(["src/quiet.ts"]);
  expect(told({ text: "nowhere" })).toEqual([]);
});

test("counts what passes, and the files that it is in", () => {
  expect(rowsOf(files)).toMatchObject({ findings: 5, files: 2 });
});

test("every finding is shown once, and numbered without gaps, whatever the order", () => {
  const severity = fc.constantFrom<Severity>("error", "warning", "info");
  const groups = fc.uniqueArray(fc.tuple(fc.string(), fc.array(severity)), { selector: ([path]) => path });
  fc.assert(
    fc.property(groups, fc.constantFrom<RowOrder>("arrival", "severity", "path"), (described, order) => {
      const some = described.map(([path, severities]) => group(path, severities));
      const shown = rowsOf(some, { order }).rows.filter((row) => row.type === "finding");
      const expected = some.flatMap((one) => one.findings.map((finding) => finding.id));
      expect(shown.map((row) => row.finding.id).toSorted()).toEqual(expected.toSorted());
      const all = rowsOf(some, { order }).rows;
      expect(shown.map((_, index) => all[rowOfPosition(all, index + 1)])).toEqual(shown);
      expect(rowOfPosition(all, shown.length + 1)).toBe(-1);
    }),
  );
});

test("portions hold all rows in order, and know how many findings stand before them", () => {
  const { rows } = rowsOf(files);
  const portions = inPortions(rows, 3);
  expect(portions.flatMap((portion) => portion.rows)).toEqual(rows);
  expect(portions.map((portion) => [portion.rows.length, portion.findingsBefore])).toEqual([
    [3, 0],
    [3, 2],
    [2, 4],
  ]);
});

test("rows of files that did not change are the same objects, so that they need not be drawn again", () => {
  const maker = createRowsOf(nothingHidden, createTextMatcher("", folded));
  const before = reportRows(files, "arrival", maker).rows;
  const grown = group("src/a.ts", ["info", "error", "error"]);
  const after = reportRows([files[0]!, grown, ...files.slice(2)], "arrival", maker).rows;
  expect(after.slice(0, 4).every((row, index) => row === before[index])).toBe(true);
  expect(after.at(-1)).toBe(before.at(-1));
  expect(after).toHaveLength(before.length + 1);
});

test("filters by category, by what found it and by what became of the file", () => {
  const mixed = [
    ...files,
    group("src/old.ts", ["error"], { status: "cached" }),
    group("src/now.ts", ["error"], { status: null }),
  ];
  const paths = (hidden: Wanted["hidden"]) =>
    rowsOf(mixed, { hidden: hidden! }).rows.flatMap((row) => (row.type === "file" ? [row.group.path] : []));
  expect(paths({ status: ["reviewed"] })).toEqual(["src/old.ts", "src/now.ts"]);
  expect(paths({ status: ["in-review", "reviewed"] })).toEqual(["src/old.ts"]);
  expect(paths({ category: ["bug"] })).toEqual([]);
  expect(paths({ source: ["model"] })).toEqual([]);
  expect(paths({ source: ["offline"] })).not.toContain("src/quiet.ts");
});

test("each filter says how many findings it hides, whatever the others do", () => {
  const { hiddenBy, findings } = rowsOf(files, { text: "src/a", hidden: { severity: ["info"], source: ["model"] } });
  expect(findings).toBe(0);
  expect(hiddenBy).toEqual({ text: 3, severity: 2, category: 0, source: 5, status: 0 });
});

test("what passes and what one filter alone hides are all there is", () => {
  const severity = fc.constantFrom<Severity>("error", "warning", "info");
  fc.assert(
    fc.property(fc.array(severity), fc.subarray(["error", "warning", "info"]), (severities, hidden) => {
      const shown = rowsOf([group("src/a.ts", severities)], { hidden: { severity: hidden } });
      expect(shown.findings + shown.hiddenBy.severity).toBe(severities.length);
    }),
  );
});

test("counts by facet add up over files, and a file that is replaced counts as it is now", () => {
  const counts = countFacets(files);
  expect(Object.fromEntries(counts.severity)).toEqual({ error: 1, warning: 2, info: 2 });
  expect(Object.fromEntries(counts.status)).toEqual({ reviewed: 5 });
  expect(countFacets([group("src/a.ts", ["error"], { status: null })]).status.get("in-review")).toBe(1);
});
