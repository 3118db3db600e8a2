import fc from "fast-check";
import { expect, it } from "vitest";
import { dealOut } from "../../../bench/dealOut.ts";

const thing = fc.record({ rule: fc.constantFrom("a", "b", "c"), language: fc.constantFrom("x", "y"), id: fc.nat() });
const path = ({ rule, language }: { rule: string; language: string }) => [rule, language];

it("gives each group the same share, and small ones all they have", () => {
  fc.assert(
    fc.property(fc.array(thing), fc.nat(40), fc.nat(), (things, most, seed) => {
      const dealt = dealOut(things, path, most, seed);
      expect(dealt.length).toBe(Math.min(most, things.length));
      expect(dealt.every((one) => things.includes(one))).toBe(true);
      const counts = [...Map.groupBy(things, ({ rule }) => rule)].map(([rule, all]) => {
        const taken = dealt.filter((one) => one.rule === rule).length;
        return { taken, isAll: taken === all.length };
      });
      const largest = Math.max(0, ...counts.map(({ taken }) => taken));
      for (const { taken, isAll } of counts) expect(isAll || taken >= largest - 1).toBe(true);
    }),
  );
});

it("is the same for the same seed and another for another", () => {
  const things = Array.from({ length: 100 }, (_, id) => ({ rule: "a", language: "x", id }));
  expect(dealOut(things, path, 10, 1)).toEqual(dealOut(things, path, 10, 1));
  expect(dealOut(things, path, 10, 1)).not.toEqual(dealOut(things, path, 10, 2));
});
