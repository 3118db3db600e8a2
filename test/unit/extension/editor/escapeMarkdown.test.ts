import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeBlock, escapeMarkdown } from "../../../../src/extension/editor/escapeMarkdown.ts";

describe("others' text in Markdown", () => {
  it("holds no character that means anything, but for the entities themselves", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(escapeMarkdown(text).replaceAll(/&#\d+;/g, "")).not.toMatch(/[!-/:-@[-`{-~\u202e]/);
      }),
    );
  });

  it("reads the same once the entities are read", () => {
    const read = (text: string) => text.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
    expect(read(escapeMarkdown("[a](https://b.example) <img> `c` www.d.example"))).toBe(
      "[a](https://b.example) <img> `c` www.d.example",
    );
    expect(escapeMarkdown("one\n    two\r\nthree")).toBe("one  \ntwo  \nthree");
    expect(escapeMarkdown("a\u202eb")).toBe("a&#92;u&#123;202e&#125;b");
  });
});

describe("others' code", () => {
  it("cannot end its block", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[`a\n]*$/), (code) => {
        const lines = codeBlock(code).split("\n");
        const fence = lines[0]!;
        expect(lines.slice(1, -1).some((line) => line.includes(fence))).toBe(false);
        expect(lines.at(-1)).toBe(fence);
      }),
    );
  });
});
