import fc from "fast-check";
import { expect, it } from "vitest";
import { shareOut } from "../../../../src/core/review/shareOut.ts";

it("gives each its share, to the last nano-dollar", () => {
  expect(shareOut(100, [1, 1, 2])).toEqual([25, 25, 50]);
  expect(shareOut(10, [1, 1, 1])).toEqual([3, 3, 4]);
  expect(shareOut(7, [0, 0])).toEqual([3, 4]);
  expect(shareOut(7, [])).toEqual([]);
});

it("loses and invents nothing, whatever is cut", () => {
  const weights = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(fc.nat(2_000_000_000), weights, (whole, parts) => {
      const shares = shareOut(whole, parts);
      const total = parts.reduce((sum, part) => sum + part, 0);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(whole);
      for (const [index, share] of shares.entries()) {
        expect(Number.isInteger(share) && share >= 0).toBe(true);
        if (total > 0) expect(Math.abs(share - (whole * parts[index]!) / total)).toBeLessThan(1.000_001);
      }
    }),
  );
});
