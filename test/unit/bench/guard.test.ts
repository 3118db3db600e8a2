import { describe, expect, it } from "vitest";
import { compareRatios, MARGIN, ratiosOf } from "../../../bench/guard.ts";
import type { CaseResult, RowResult } from "../../../bench/harness.ts";

const row = (name: string, ratio: number | null): RowResult => ({
  name,
  wallMs: null,
  ratio: ratio === null ? null : { median: ratio, min: ratio, max: ratio },
  figures: {},
  error: ratio === null ? "out of luck" : null,
  samples: [],
});

const result = (...rows: RowResult[]): CaseResult => ({
  name: "case",
  title: "A case",
  conditions: "",
  baseline: "base",
  runs: 1,
  rows: [row("base", 1), ...rows],
});

describe("the guard", () => {
  it("keeps ratios without the baseline's own and without what failed", () => {
    expect(ratiosOf([result(row("warm", 0.123456), row("failed", null))])).toEqual({ case: { warm: 0.123 } });
  });

  it("is content with what is as fast as before, or as noisy as machines are", () => {
    const committed = { case: { warm: 0.1 } };
    expect(compareRatios(committed, [result(row("warm", 0.05))])).toEqual([]);
    expect(compareRatios(committed, [result(row("warm", 0.1 * MARGIN))])).toEqual([]);
  });

  it("names what has grown, what failed and what was never committed", () => {
    const committed = { case: { warm: 0.1, cold: 1 } };
    expect(compareRatios(committed, [result(row("warm", 0.2), row("cold", null))])).toEqual([
      "case, warm: 0.2× the baseline, was 0.1× (more than 1.6 times as much)",
      "case, cold: could not be measured",
    ]);
    expect(compareRatios({}, [result(row("warm", 0.1))])[0]).toMatch(/no ratios are committed/);
  });
});
