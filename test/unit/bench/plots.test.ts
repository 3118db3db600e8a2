import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CaseResult, RowResult } from "../../../bench/harness.ts";
import { growthPlot } from "../../../bench/plots/growthPlot.ts";
import { logScale } from "../../../bench/plots/logScale.ts";
import { peersPlot } from "../../../bench/plots/peersPlot.ts";

const row = (name: string, figures: RowResult["figures"], ms = 1_000): RowResult => ({
  name,
  wallMs: { median: ms, min: ms, max: ms },
  ratio: null,
  figures,
  error: null,
  samples: [],
});
const result = (rows: readonly RowResult[]): CaseResult => ({
  name: "",
  title: "",
  conditions: "",
  baseline: "",
  runs: 1,
  rows,
});

describe("logScale", () => {
  it("keeps every value between its ends, in order, and each tenfold as long", () => {
    const values = fc.array(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, (given) => {
        const scale = logScale(given, 100, 500);
        for (const value of given) {
          expect(scale.at(value)).toBeGreaterThanOrEqual(100 - 1e-6);
          expect(scale.at(value)).toBeLessThanOrEqual(500 + 1e-6);
        }
        const places = scale.ticks.map((tick) => scale.at(tick));
        expect(places[0]).toBeCloseTo(100, 6);
        expect(places.at(-1)).toBeCloseTo(500, 6);
      }),
    );
  });
});

describe("the plots", () => {
  const rows = [250, 1_000, 4_000].map((files) =>
    row(`${files}`, { files, cpuMs: files * 2, peakRssBytes: 2 ** 28, storeBytes: files * 4_096 }, files),
  );

  it("draw a line for each figure, offline and with a model, and say how it grows", () => {
    const svg = growthPlot(result(rows), result(rows.slice(1)));
    expect(svg.match(/<polyline class="first line"/g)).toHaveLength(5);
    expect(svg.match(/<polyline class="second line"/g)).toHaveLength(5);
    expect(svg.match(/n 1\.00 and 1\.00/g)).toHaveLength(3);
    expect(svg).toContain("n 0.00 and 0.00");
  });

  it("draw a longer bar for more tokens, and names as text", () => {
    const svg = peersPlot(
      result([
        row("a <b> & c", { plain: 2, weighted: 1 }),
        row("a <b> & c, again", { plain: 0, weighted: 0 }),
        row("d", { plain: 4, weighted: 4 }),
      ]),
    );
    expect(svg).toContain("a &lt;b&gt; &amp; c</text>");
    const widths = [...svg.matchAll(/<rect class="first" x="220" y="[\d.]+" width="([\d.]+)" height="11"/g)];
    // The first is the legend's.
    const [, two, four] = widths.map((match) => Number(match[1]));
    expect(four! / two!).toBeCloseTo(2, 2);
  });
});
