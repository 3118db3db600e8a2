import fc from "fast-check";
import { expect, test } from "vitest";
import { heapSlope } from "../../../bench/slope/heapSlope.ts";

test("finds the slope of what rises evenly, whatever it starts from, and none of a single point", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -5_000, max: 5_000 }),
      fc.nat(1e8),
      fc.integer({ min: 2, max: 20 }),
      (bytesAFile, start, count) => {
        const points = Array.from({ length: count }, (_, at) => ({
          files: at * 100,
          heapBytes: start + at * 100 * bytesAFile,
        }));
        expect(heapSlope(points)).toBeCloseTo(bytesAFile * 1_000, 2);
        expect(heapSlope(points.slice(0, 1))).toBe(0);
      },
    ),
  );
});
