import fc from "fast-check";
import { expect, test } from "vitest";
import { displayWidth, truncate, wrap } from "../../../src/cli/displayWidth.ts";

test.each([
  ["abc", 3],
  ["", 0],
  ["令牌", 4],
  ["ﾃｽﾄ", 3],
  ["ＡＢ", 4],
  ["e\u0301", 1],
  ["🚀", 2],
  ["한국", 4],
  ["Grüße", 5],
])("%s takes %i columns", (text, width) => {
  expect(displayWidth(text)).toBe(width);
});

const text = fc.string({ unit: fc.constantFrom("a", "b", " ", "令", "🚀", "é"), maxLength: 60 });

test("cut text fits, and only what is too long is cut", () => {
  expect(truncate("refund.ts", 6)).toBe("refun…");
  expect(truncate("令牌令牌", 4)).toBe("令…");
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 70 }), (given, width) => {
      expect(displayWidth(truncate(given, width))).toBeLessThanOrEqual(width);
      if (displayWidth(given) <= width) expect(truncate(given, width)).toBe(given);
    }),
  );
});

test("wrapped lines fit and lose no word", () => {
  expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
  expect(wrap("abcdefghij k", 4)).toEqual(["abcd", "efgh", "ij k"]);
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 40 }), (given, width) => {
      const lines = wrap(given, width);
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      expect(lines.join("").replaceAll(" ", "")).toBe(given.replaceAll(" ", ""));
    }),
  );
});
