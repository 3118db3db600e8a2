import fc from "fast-check";
import { expect, test } from "vitest";
import { backoffMs } from "../../../../src/core/flow/backoff.ts";

test("is between 0.5 and 30 s whatever happens", () => {
  fc.assert(
    fc.property(fc.nat({ max: 2_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
      const ms = backoffMs(failures, () => random);
      expect(ms).toBeGreaterThanOrEqual(500);
      expect(ms).toBeLessThanOrEqual(30_000);
    }),
  );
});

test("doubles, and differs between those who failed together", () => {
  expect([0, 1, 2, 9].map((failures) => backoffMs(failures, () => 0))).toEqual([500, 1_000, 2_000, 20_000]);
  expect(backoffMs(3, () => 0.5)).toBe(5_000);
});
