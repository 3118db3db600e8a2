import fc from "fast-check";
import { expect, test } from "vitest";
import { renderJson, renderJsonValue } from "../../../../src/core/export/jsonReporter.ts";
import type { Report } from "../../../../src/shared/report.ts";
import { sampleFile, sampleFinding, sampleReport } from "../../../support/sampleReport.ts";

const text = (report: Report) => [...renderJson(report)].join("");

test("is the report, indented by two", () => {
  const report = sampleReport();
  expect(text(report)).toBe(`${JSON.stringify(report, null, 2)}\n`);
  expect(text(sampleReport({ files: [], findings: [] }))).toContain('\n  "files": [],\n  "findings": [],\n');
});

test("keys stand in the contract's order however the object was made", () => {
  const report = sampleReport();
  const turned = Object.fromEntries(Object.entries(report).toReversed()) as unknown as Report;
  const finding = Object.fromEntries(
    Object.entries(sampleFinding()).toReversed(),
  ) as unknown as Report["findings"][number];
  expect(text({ ...turned, findings: [finding] })).toBe(text(report));
});

test("what a later version adds is kept, at the end", () => {
  const added = { ...sampleReport(), addition: 1 };
  expect(Object.keys(JSON.parse(text(added))).at(-1)).toBe("addition");
});

test("reads back as the same report, however many entries there are", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme" }), { maxLength: 450 }), (names) => {
      const report = sampleReport({
        files: names.map((name) => sampleFile(name, "reviewed")),
        findings: names.map((name) => sampleFinding({ path: name, quote: `${name}\n\u202e` })),
      });
      expect(JSON.parse(text(report))).toEqual(report);
    }),
    { numRuns: 30 },
  );
});

test("a terminal that shows it has nothing to obey", () => {
  const hostile = "\u001b[2J\u009b1A\u202e\u200b\u2028\u{e0041}\r";
  const report = sampleReport({ findings: [sampleFinding({ title: hostile })] });
  expect(text(report).replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  expect((JSON.parse(text(report)) as Report).findings[0]!.title).toBe(hostile);
  expect(JSON.parse(renderJsonValue({ hostile }))).toEqual({ hostile });
});

test("comes in pieces", () => {
  const findings = Array.from({ length: 1_000 }, () => sampleFinding());
  const pieces = [...renderJson(sampleReport({ findings }))];
  const longest = Math.max(...pieces.map((piece) => piece.length));
  expect(longest).toBeLessThan(text(sampleReport({ findings })).length / 4);
});
