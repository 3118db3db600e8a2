import fc from "fast-check";
import { expect, test } from "vitest";
import { renderCodeLine } from "../../../src/cli/codeLine.ts";
import { displayWidth } from "../../../src/cli/displayWidth.ts";

/** What stands above the underline. */
function underlined(line: string, start: number, end: number, width = 80): string {
  const { text, mark } = renderCodeLine(line, { start, end }, width);
  let column = 0;
  let found = "";
  for (const character of text) {
    if (column >= mark.column && column < mark.column + mark.width) found += character;
    column += displayWidth(character);
  }
  return found;
}

test("the underline stands below the range, behind tabs and wide characters too", () => {
  expect(underlined("\tif (a) b();", 5, 6)).toBe("a");
  expect(underlined("const 令牌 = Math.random();", 11, 24)).toBe("Math.random()");
  expect(underlined("x🚀y", 1, 3)).toBe("🚀");
});

test("hidden characters take the room of their escapes", () => {
  expect(renderCodeLine("a\u202eb", undefined, 80).text).toBe("a\\u{202e}b");
  expect(underlined("a\u202ebc", 2, 3)).toBe("b");
  expect(underlined("a\u202ebc", 1, 2)).toBe("\\u{202e}");
});

test("a long line is cut around its range", () => {
  const line = `${"a".repeat(500)}WRONG${"b".repeat(500)}`;
  const { text } = renderCodeLine(line, { start: 500, end: 505 }, 40);
  expect(text).toMatch(/^…a+WRONGb+…$/);
  expect(displayWidth(text)).toBe(40);
  expect(underlined(line, 500, 505, 40)).toBe("WRONG");
});

test("an empty range at the end of a line still shows", () => {
  expect(renderCodeLine("abc", { start: 3, end: 3 }, 80).mark).toEqual({ column: 3, width: 1 });
});

test("every line and its underline fit, wherever the range is", () => {
  const line = fc.string({ unit: fc.constantFrom("a", "\t", "令", "🚀", "\u200b", " ", "\r"), maxLength: 120 });
  fc.assert(
    fc.property(line, fc.nat(130), fc.nat(40), fc.integer({ min: 16, max: 60 }), (text, start, length, width) => {
      const shown = renderCodeLine(text, { start, end: start + length }, width);
      expect(displayWidth(shown.text)).toBeLessThanOrEqual(width);
      expect(shown.mark.column).toBeGreaterThanOrEqual(0);
      expect(shown.mark.column + shown.mark.width).toBeLessThanOrEqual(width + 1);
      expect(shown.text).not.toMatch(/[\t\r\u200b]/);
    }),
  );
});
