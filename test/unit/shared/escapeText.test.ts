import fc from "fast-check";
import { expect, test } from "vitest";
import { escapeLine, escapeText } from "../../../src/shared/escapeText.ts";

test.each([
  ["a colour", "\u001b[31mred", "\\u{1b}[31mred"],
  ["an eight-bit control sequence", "\u009b31mred", "\\u{9b}31mred"],
  [
    "a link",
    "\u001b]8;;https://evil.test\u0007here\u001b]8;;\u0007",
    "\\u{1b}]8;;https://evil.test\\u{7}here\\u{1b}]8;;\\u{7}",
  ],
  ["a bidirectional override", "a\u202eb\u2066c", "a\\u{202e}b\\u{2066}c"],
  ["zero-width characters", "pay\u200bpal\u200d\ufeff", "pay\\u{200b}pal\\u{200d}\\u{feff}"],
  ["a soft hyphen and a filler", "a\u00adb\u3164", "a\\u{ad}b\\u{3164}"],
  ["tags, which carry hidden text", "x\u{e0041}\u{e007f}", "x\\u{e0041}\\u{e007f}"],
  ["hidden variation selectors", "x\ufe01\u{e0100}\ufe0f", "x\\u{fe01}\\u{e0100}\\u{fe0f}"],
  ["half a character", "a\ud800b", "a\\u{d800}b"],
  ["line separators", "a\u2028b\u2029c\u0085d", "a\\u{2028}b\\u{2029}c\\u{85}d"],
  ["a backspace", "rm\b\b", "rm\\u{8}\\u{8}"],
])("shows %s", (_what, hostile, shown) => {
  expect(escapeText(hostile)).toBe(shown);
  expect(escapeLine(hostile)).toBe(shown);
});

test("leaves readable text as it is", () => {
  for (const text of ["plain", "Grüße", "会话令牌", "café\u0301", "🚀 fast ❤\ufe0f", "a\u00a0b\u202fc"]) {
    expect(escapeText(text)).toBe(text);
  }
});

test("line breaks and tabs stay in text, and are shown in a line", () => {
  expect(escapeText("a\r\nb\tc\n")).toBe("a\r\nb\tc\n");
  expect(escapeText("shown\rhidden")).toBe("shown\\u{d}hidden");
  expect(escapeLine("a\r\nb\tc")).toBe("a\\u{d}\\u{a}b\\u{9}c");
});

test("nothing that a terminal obeys is left, whatever comes in", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(escapeLine(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      expect(escapeText(text).replaceAll(/\r\n|[\n\t]/g, "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      expect(escapeLine(escapeLine(text))).toBe(escapeLine(text));
    }),
    { numRuns: 500 },
  );
});
