import { expect, it } from "vitest";
import { MAX_PARSED_LENGTH, MAX_PARSED_LINES, parsedPart } from "../../../../src/core/offline/parsedPart.ts";

it.each(["", "one line", "two\nlines", "ends with a break\n", "a\n".repeat(MAX_PARSED_LINES)])(
  "keeps all of a text within the limits",
  (text) => {
    expect(parsedPart(text)).toBe(text);
  },
);

it("stops after the last line that is allowed", () => {
  expect(parsedPart("a\n".repeat(MAX_PARSED_LINES + 5))).toBe("a\n".repeat(MAX_PARSED_LINES));
});

it("stops before the line that is too much", () => {
  expect(parsedPart(`first\n${"x".repeat(MAX_PARSED_LENGTH)}\nlast\n`)).toBe("first\n");
});
