import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareCounts, COUNT_MARGIN, countsOf, mergeCounts } from "../../../bench/countsGuard.ts";
import type { MeasuredCase } from "../../../bench/countsGuard.ts";
import type { BenchFigure } from "../../../bench/harness.ts";

const figures: readonly BenchFigure[] = [
  { key: "requests", heading: "requests sent", format: String, better: "less" },
  { key: "hits", heading: "from the cache", format: (value) => `${Math.round(value * 100)} %`, better: "more" },
  { key: "delayMs", heading: "delay", format: String },
];

function measured(rows: Readonly<Record<string, Readonly<Record<string, number | null>>>>): MeasuredCase {
  const named = Object.entries(rows).map(([name, values]) => ({
    name,
    wallMs: null,
    ratio: null,
    figures: values,
    error: null,
    samples: [],
  }));
  return {
    figures,
    result: { name: "week", title: "A week", conditions: "", baseline: "cold", runs: 1, rows: named },
  };
}

describe("the guard of counts", () => {
  it("keeps the figures that are guarded, also the baseline's, and leaves out what could not be taken", () => {
    const one = measured({ cold: { requests: 8, hits: null, delayMs: 3 }, failed: { requests: null, hits: null } });
    expect(countsOf([one])).toEqual({ week: { cold: { requests: 8 } } });
    expect(countsOf([{ ...one, figures: figures.slice(2) }])).toEqual({});
  });

  it("keeps what was committed of rows and cases that were not measured this time", () => {
    const committed = { week: { cold: { requests: 9 }, warm: { requests: 1 } }, other: { cold: { requests: 2 } } };
    expect(mergeCounts(committed, { week: { cold: { requests: 8 } } })).toEqual({
      ...committed,
      week: { cold: { requests: 8 }, warm: { requests: 1 } },
    });
  });

  it("names case, row and figure of what has become worse, in either direction", () => {
    const committed = { week: { cold: { requests: 100, hits: 0.9 } } };
    expect(compareCounts(committed, [measured({ cold: { requests: 103, hits: 0.8 } })])).toEqual([
      `week, cold, requests sent: 103, was 100 (more than ${COUNT_MARGIN} times as much)`,
      `week, cold, from the cache: 80 %, was 90 % (less than a ${COUNT_MARGIN}th of that)`,
    ]);
  });

  it("fails for the first request where there was none", () => {
    const lines = compareCounts({ week: { again: { requests: 0 } } }, [measured({ again: { requests: 1 } })]);
    expect(lines).toHaveLength(1);
  });

  it("is content with what is as it was, better, or within the margin", () => {
    const committed = { week: { cold: { requests: 100, hits: 0.9 } } };
    const within = fc.record({
      requests: fc.double({ min: 0, max: 100 * COUNT_MARGIN, noNaN: true }),
      hits: fc.double({ min: 0.9 / COUNT_MARGIN, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(within, (values) => {
        expect(compareCounts(committed, [measured({ cold: values })])).toEqual([]);
      }),
    );
  });

  it("compares no times, and no rows that a quick variant does not have", () => {
    const committed = { week: { cold: { requests: 8, delayMs: 1 }, long: { requests: 5 } } };
    expect(compareCounts(committed, [measured({ cold: { requests: 8, delayMs: 100 } })])).toEqual([]);
  });

  it("says what could not be measured, and which case was never committed to", () => {
    const failed = measured({ cold: { requests: null } });
    expect(compareCounts({ week: { cold: { requests: 8 } } }, [failed])).toEqual([
      "week, cold, requests sent: could not be measured",
    ]);
    expect(compareCounts({}, [failed])[0]).toMatch(/^week: no counts are committed/);
    expect(compareCounts({}, [{ ...failed, figures: figures.slice(2) }])).toEqual([]);
  });
});
