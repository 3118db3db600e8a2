import fc from "fast-check";
import { expect, test } from "vitest";
import { createLineFinder, splitLines } from "../../../../../src/core/tools/list/lines.ts";

test("lines and their places agree", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", "\n", "\r\n", "\r"), maxLength: 30 }), (text) => {
      const lineOf = createLineFinder(text);
      for (let at = 0; at < text.length; at++) {
        if (text[at] !== "a") continue;
        expect(splitLines(text)[lineOf(at) - 1]).toContain("a");
        expect(splitLines(text.slice(0, at + 1))).toHaveLength(lineOf(at));
      }
    }),
  );
});
