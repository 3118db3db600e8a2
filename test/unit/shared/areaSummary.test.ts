import { expect, test } from "vitest";
import { summarizeAreas } from "../../../src/shared/areaSummary.ts";
import { sampleFile, sampleFinding } from "../../support/sampleReport.ts";

const files = [
  sampleFile("src/a/one.ts", "reviewed"),
  sampleFile("src/a/two.ts", "cached"),
  sampleFile("src/b/three.py", "failed", { reason: "timeout", language: "python" }),
  sampleFile("src/b/four.ts", "skipped", { reason: "minified", language: null }),
];
const findings = [
  sampleFinding({ path: "src/a/two.ts", severity: "info", rule: "shared" }),
  ...[1, 2, 3].map((startLine) => sampleFinding({ path: "src/a/one.ts", startLine, rule: "shared" })),
  sampleFinding({ path: "src/b/three.py", severity: "warning", rule: "alone" }),
];

test("the summary counts languages, areas, patterns and what was not looked at", () => {
  const summary = summarizeAreas({ files, findings });
  expect(summary.languages.map(({ language, files: count }) => [language, count])).toEqual([
    ["typescript", 2],
    ["python", 1],
  ]);
  expect(summary.areas).toEqual([
    { path: "src/a", files: 2, sizeBytes: 8_192, findings: 4 },
    { path: "src/b", files: 2, sizeBytes: 8_192, findings: 1 },
  ]);
  expect(summary.patterns).toEqual([{ rule: "shared", findings: 4, files: 2 }]);
  expect(summary.notLookedAt).toEqual([
    { status: "failed", reason: "timeout", files: 1 },
    { status: "skipped", reason: "minified", files: 1 },
  ]);
});

test("the gravest come first, at most two of one file, whatever the order they arrived in", () => {
  const summary = summarizeAreas({ files, findings });
  expect(summary.lookFirst.map(({ finding }) => [finding.path, finding.startLine])).toEqual([
    ["src/a/one.ts", 1],
    ["src/a/one.ts", 2],
    ["src/b/three.py", 2],
    ["src/a/two.ts", 2],
  ]);
  expect(summarizeAreas({ files: files.toReversed(), findings: findings.toReversed() })).toEqual(summary);
});

test("an empty report gives an empty summary", () => {
  expect(summarizeAreas({ files: [], findings: [] })).toEqual({
    languages: [],
    areas: [],
    lookFirst: [],
    patterns: [],
    notLookedAt: [],
  });
});
