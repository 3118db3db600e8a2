import { describe, expect, it } from "vitest";
import { placeFix } from "../../../../src/extension/editor/fixEdits.ts";
import { finding } from "../fixtures.ts";

const edit = { startLine: 3, startColumn: 1, endLine: 4, endColumn: 9, newText: "  fixed();" };
const one = finding({
  startLine: 3,
  startColumn: 3,
  endLine: 4,
  endColumn: 9,
  quote: "first(\n  second",
  fix: { edits: [edit] },
});

function applied(text: string, quote = one.quote): string | null {
  const [placed] = placeFix(one, text, text.indexOf(quote), quote) ?? [];
  return placed ? text.slice(0, placed.start) + placed.newText + text.slice(placed.end) : null;
}

describe("a fix", () => {
  it("replaces its lines where they stand now", () => {
    expect(applied("a\nb\n  first(\n  second\nc\n")).toBe("a\nb\n  fixed();\nc\n");
    expect(applied("b\n  first(\n  second\nc\n")).toBe("b\n  fixed();\nc\n");
    expect(applied("b\r\n  first(\r\n  second\r\nc\r\n", "first(\r\n  second")).toBe("b\r\n  fixed();\r\nc\r\n");
  });

  it("is refused where the text is another one, or something else shares its lines", () => {
    expect(placeFix(one, "  other\n  text", 2, one.quote)).toBeNull();
    expect(applied("x;first(\n  second\n")).toBeNull();
    expect(applied("first(\n  second")).toBeNull();
    expect(placeFix(finding(), "call", 0, "call")).toBeNull();
  });

  it("is refused when it is about lines outside its quote", () => {
    const far = { ...one, fix: { edits: [{ ...edit, startLine: 1 }] } };
    expect(placeFix(far, "a\nb\n  first(\n  second\n", 6, one.quote)).toBeNull();
  });
});
