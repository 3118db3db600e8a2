import { expect, test } from "vitest";
import { findHeadings, sectionOf } from "../../../../../src/core/tools/list/markdownHeadings.ts";
import { splitLines } from "../../../../../src/core/tools/list/lines.ts";

test("headings, their levels and sections; code has none", () => {
  const lines = splitLines(
    "# One #\ntext\n\n```sh\n# no heading\n```\n\nTwo\n---\n\nmore\n\n### Three\n\n~~~\n## no\n```\n~~~\n#hash\n\n## C#\nend\n",
  );
  const headings = findHeadings(lines);
  expect(headings).toEqual([
    { level: 1, title: "One", line: 1 },
    { level: 2, title: "Two", line: 8 },
    { level: 3, title: "Three", line: 13 },
    { level: 2, title: "C#", line: 21 },
  ]);
  expect(sectionOf(lines, headings, headings[2]!)).toBe("### Three\n\n~~~\n## no\n```\n~~~\n#hash\n");
  expect(sectionOf(lines, headings, headings[3]!)).toBe("## C#\nend");
  expect(sectionOf(lines, headings, headings[0]!)).toBe(lines.join("\n"));
});
