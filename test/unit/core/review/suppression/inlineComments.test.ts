import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readInlineComments } from "../../../../../src/core/review/suppression/inlineComments.ts";

const at = (startLine: number, rule = "weak-hash", category = "security") => ({ rule, category, startLine });

describe("comments that say what is known", () => {
  it.each([
    "// onceover-ignore-next-line",
    "# onceover-ignore-next-line: why",
    "  -- onceover-ignore-next-line weak-hash: a checksum",
    "/* onceover-ignore-next-line other, weak-hash */",
    " * onceover-ignore-next-line security",
    "<!-- onceover-ignore-next-line -->",
    "; onceover-ignore-next-line",
    "' onceover-ignore-next-line",
    "(* onceover-ignore-next-line *)",
    "code(); // onceover-ignore-next-line",
  ])("speak for the next line alone: %s", (comment) => {
    const comments = readInlineComments(`first\r\n${comment}\r\nthird\r\nfourth\r\n`);
    expect([1, 2, 3, 4].filter((line) => comments.isIgnored(at(line)))).toEqual([3]);
  });

  it.each([
    ["code(); // onceover-ignore weak-hash: a checksum", 2],
    ["code(); /* onceover-ignore */ more();", 2],
    ["// onceover-ignore weak-hash: a checksum", 3],
    ["  # onceover-ignore", 3],
  ])("speak for their own line where there is code, else for the next one: %s", (comment, line) => {
    const comments = readInlineComments(`first\n${comment}\nthird\nfourth\n`);
    expect([1, 2, 3, 4].filter((one) => comments.isIgnored(at(one)))).toEqual([line]);
  });

  it("of both kinds meet on a line", () => {
    const { isIgnored } = readInlineComments("# onceover-ignore a\nx() # onceover-ignore b\ny()\n");
    expect([isIgnored(at(2, "a")), isIgnored(at(2, "b")), isIgnored(at(2, "c"))]).toEqual([true, true, false]);
    expect(isIgnored(at(3, "b"))).toBe(false);
  });

  it("are not words that begin like them", () => {
    const { isIgnored } = readInlineComments("x() // onceover-ignored, onceover-ignore-nothing\ny()\n");
    expect([1, 2].some((line) => isIgnored(at(line)))).toBe(false);
  });

  it("name rules or categories, up to the colon", () => {
    const { isIgnored } = readInlineComments("// onceover-ignore-next-line eqeq sql-injection: not weak-hash\nx\n");
    expect(isIgnored(at(2))).toBe(false);
    expect(isIgnored(at(2, "sql-injection"))).toBe(true);
  });

  it("may stand in a row", () => {
    const { isIgnored } = readInlineComments("# onceover-ignore-next-line a\n# onceover-ignore-next-line b\nx\n");
    expect([isIgnored(at(3, "a")), isIgnored(at(3, "b")), isIgnored(at(3, "c"))]).toEqual([true, true, false]);
  });

  it("speak for the whole file", () => {
    const all = readInlineComments("x\n# onceover-ignore-file\n");
    const one = readInlineComments("# onceover-ignore-file weak-hash: generated\nx\n");
    expect([all.isIgnored(at(1)), all.isIgnored(at(9, "other"))]).toEqual([true, true]);
    expect([one.isIgnored(at(5)), one.isIgnored(at(5, "other"))]).toEqual([true, false]);
  });

  it.each([
    'const help = "onceover-ignore-file";',
    "Write onceover-ignore-next-line to hide it.",
    "// onceover-ignore-files",
    "// onceover-ignore-next-lines",
    "// not-onceover-ignore-file",
  ])("are nothing else: %s", (line) => {
    const { isIgnored } = readInlineComments(`${line}\nx\n`);
    expect([isIgnored(at(1)), isIgnored(at(2))]).toEqual([false, false]);
  });

  it("ignores nothing in a text without the mark, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.nat(50), (text, line) => {
        fc.pre(!text.includes("onceover-ignore-"));
        expect(readInlineComments(text).isIgnored(at(line))).toBe(false);
      }),
    );
  });
});
