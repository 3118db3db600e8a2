import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitPower } from "../../../bench/growth/fitPower.ts";

const sizes = [250, 1_000, 4_000, 16_000];

describe("fitPower", () => {
  it("finds the exponent and the factor that values were made with", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -2, max: 3, noNaN: true }),
        fc.double({ min: 0.01, max: 1_000, noNaN: true }),
        (exponent, factor) => {
          const fit = fitPower(sizes.map((size) => ({ size, value: factor * size ** exponent })));
          expect(fit!.exponent).toBeCloseTo(exponent, 6);
          expect(fit!.factor / factor).toBeCloseTo(1, 6);
        },
      ),
    );
  });

  it("is nearest in logarithms where no line goes through all points", () => {
    const fit = fitPower([
      { size: 1, value: 1 },
      { size: 10, value: 100 },
      { size: 100, value: 100 },
    ])!;
    // By hand: logs (0, 0), (1, 2), (2, 2) have the slope 1 and the mean (1, 4/3).
    expect(fit.exponent).toBeCloseTo(1, 10);
    expect(Math.log10(fit.factor)).toBeCloseTo(1 / 3, 10);
  });

  it("says nothing where there is no growth to see", () => {
    expect(fitPower([])).toBeNull();
    expect(fitPower([{ size: 10, value: 3 }])).toBeNull();
    expect(
      fitPower([
        { size: 10, value: 3 },
        { size: 10, value: 4 },
      ]),
    ).toBeNull();
    expect(
      fitPower([
        { size: 10, value: 0 },
        { size: 20, value: 4 },
      ]),
    ).toBeNull();
  });
});
