import fc from "fast-check";
import { expect, test } from "vitest";
import { foldCase, markPieces } from "../../../src/webview/report/foldCase.ts";

const marked = (text: string, wanted: string) =>
  markPieces(text, wanted)
    .map((piece) => (piece.isMatch ? `[${piece.text}]` : piece.text))
    .join("");

test("marks every match, without regard to case", () => {
  expect(marked("Refund the REFUND", "refund")).toBe("[Refund] the [REFUND]");
  expect(marked("aaa", "aa")).toBe("[aa]a");
  expect(marked("a.b", ".")).toBe("a[.]b");
  expect(marked("nothing", "")).toBe("nothing");
});

test("a letter that grows when it is lower-cased moves nothing behind it", () => {
  expect("İ".toLowerCase()).toHaveLength(2);
  expect(marked("İİ Refund", "refund")).toBe("İİ [Refund]");
});

test("folding keeps places, and pieces are the text: matches where there are any", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "A", "b", "İ", "ß", "😀", "\ud800", " ", "<") });
  fc.assert(
    fc.property(text, text, (whole, part) => {
      expect(foldCase(whole)).toHaveLength(whole.length);
      const wanted = foldCase(part);
      const pieces = markPieces(whole, wanted);
      expect(pieces.map((piece) => piece.text).join("")).toBe(whole);
      for (const piece of pieces) if (piece.isMatch) expect(foldCase(piece.text)).toBe(wanted);
      const isThere = wanted !== "" && foldCase(whole).includes(wanted);
      expect(pieces.some((piece) => piece.isMatch)).toBe(isThere);
    }),
  );
});
