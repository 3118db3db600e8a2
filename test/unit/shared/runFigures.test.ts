import fc from "fast-check";
import { expect, test } from "vitest";
import { figuresCsv, figuresMarkdown, runFigures, type RunFigure } from "../../../src/shared/runFigures.ts";
import { createRunReader } from "../../../src/shared/runReader.ts";
import { shopRun } from "../../support/scriptedRun.ts";

function viewOf(run = shopRun({ end: { stoppedBy: null } })) {
  const reader = createRunReader();
  for (const event of run.events) reader.push(event);
  return reader.view();
}

/** Fields of one line, as a spreadsheet reads them. */
function csvFields(text: string): string[][] {
  const rows: string[][] = [];
  for (const [, ...cells] of text.matchAll(/("(?:[^"]|"")*"|[^,\r\n]*),("(?:[^"]|"")*"|[^,\r\n]*),([^,\r\n]*)\r\n/g)) {
    rows.push(cells.map((cell) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)));
  }
  return rows;
}

test("every number of the view is in the table, under a name of its own", () => {
  const view = viewOf();
  const figures = runFigures(view);
  expect(new Set(figures.map((one) => one.id)).size).toBe(figures.length);
  const value = (id: string) => figures.find((one) => one.id === id)?.value;
  expect(value("cost.spent")).toBe(view.spentUsd);
  expect(value("coverage.cached")).toBe(371);
  expect(value("request.p95")).toBe(view.latencyMs.p95);
  expect(value("phase.plan")).toBe(view.phases.find((phase) => phase.name === "plan")?.ms);
});

test("what is not known is empty, or said in words", () => {
  const view = { ...viewOf(), costUnknown: true, spentUsd: 0, latencyMs: { count: 0, p50: 0, p95: 0, p99: 0, max: 0 } };
  expect(figuresCsv(runFigures(view))).toMatch(/^cost\.spent,,USD\r$/m);
  expect(figuresCsv(runFigures(view))).toMatch(/^request\.p50,,ms\r$/m);
  expect(figuresMarkdown(runFigures(view))).toContain("| cost.spent | unknown |");
});

test("whatever a name holds, the file keeps its rows and begins no formula", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" }), { maxLength: 8 }), (values) => {
      const figures = values.map((value, index): RunFigure => ({ id: `figure.${index}`, unit: "text", value }));
      const [head, ...rows] = csvFields(figuresCsv(figures));
      expect(head).toEqual(["figure", "value", "unit"]);
      expect(rows.map(([id]) => id)).toEqual(figures.map(({ id }) => id));
      for (const [, value] of rows) expect(value).not.toMatch(/^[=+@]/);
      expect(figuresMarkdown(figures).split("\n")).toHaveLength(figures.length + 5);
    }),
  );
});
