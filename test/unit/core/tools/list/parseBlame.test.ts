import { expect, test } from "vitest";
import { parseBlame } from "../../../../../src/core/tools/list/parseBlame.ts";

test("blame by parts, lines that are not committed without a commit", () => {
  const id = "a".repeat(40);
  const none = "0".repeat(40);
  const porcelain = [
    `${id} 1 1 2`,
    "author Ada",
    "author-time 0",
    "summary First: try",
    "filename a.txt",
    "\tauthor Eve",
    `${id} 2 2`,
    "\ttwo",
    `${none} 3 3 1`,
    "author Not Committed Yet",
    "author-time 60",
    "summary Version of a.txt",
    "\tthree",
    `${id} 3 4 1`,
    "\tfour",
  ].join("\n");
  const date = "1970-01-01T00:00:00.000Z";
  expect(parseBlame(porcelain)).toEqual([
    { from: 1, to: 2, commit: id, author: "Ada", date, subject: "First: try" },
    {
      from: 3,
      to: 3,
      commit: null,
      author: "Not Committed Yet",
      date: "1970-01-01T00:01:00.000Z",
      subject: "Version of a.txt",
    },
    { from: 4, to: 4, commit: id, author: "Ada", date, subject: "First: try" },
  ]);
});
