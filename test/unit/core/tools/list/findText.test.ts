import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findText } from "../../../../../src/core/tools/list/findText.ts";

describe("text as it is written", () => {
  test("is found once a line, where a line by line search finds it", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "A", "b", " ", "\n", "\r\n"), maxLength: 40 });
    const query = fc.string({ unit: fc.constantFrom("a", "A", "b", " "), minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(text, query, fc.boolean(), (text, query, isExact) => {
        const fold = (one: string) => (isExact ? one : one.toLowerCase());
        const expected = text.split("\n").flatMap((line, at) => {
          const column = fold(line).indexOf(fold(query));
          return column === -1 ? [] : [{ line: at + 1, column: column + 1 }];
        });
        const found = findText(text, { query, isExact, isWord: false });
        expect(found.map(({ line, column }) => ({ line, column }))).toEqual(expected);
        for (const { start, end, lineStart, lineEnd } of found) {
          expect(fold(text.slice(start, end))).toBe(fold(query));
          expect(text.slice(lineStart, lineEnd)).not.toMatch(/[\r\n]/);
        }
      }),
    );
  });

  test("whole words alone, when asked for", () => {
    const find = (text: string) =>
      findText(text, { query: "art", isExact: false, isWord: true }).map(({ column }) => column);
    expect(find("cart art")).toEqual([6]);
    expect(find("start artful")).toEqual([]);
    expect(find("äart art_")).toEqual([]);
    expect(find("ART.")).toEqual([1]);
  });
});
