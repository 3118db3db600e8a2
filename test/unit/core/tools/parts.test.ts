import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createByteCache } from "../../../../src/core/tools/byteCache.ts";
import { canonicalJson } from "../../../../src/core/tools/canonicalJson.ts";
import { findText } from "../../../../src/core/tools/list/findText.ts";
import { createLineFinder, splitLines } from "../../../../src/core/tools/list/lines.ts";
import { findHeadings, sectionOf } from "../../../../src/core/tools/list/markdownHeadings.ts";
import { parseBlame } from "../../../../src/core/tools/list/parseBlame.ts";
import { matchGlob } from "../../../../src/core/tools/matchGlob.ts";
import { redactResult } from "../../../../src/core/tools/redactResult.ts";
import { sharedStart } from "../../../../src/core/tools/sharedStart.ts";
import { parseTypescriptProblems } from "../../../../src/core/tools/typescriptProblems.ts";

test("a byte cache never holds more than it may, and agrees with a list that is kept by hand", () => {
  const key = fc.constantFrom("a", "b", "c", "d", "e");
  const step = fc.oneof(
    fc.record({ do: fc.constant("set" as const), key, size: fc.integer({ min: 0, max: 900 }) }),
    fc.record({ do: fc.constantFrom("get" as const, "delete" as const), key }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const cache = createByteCache<number>(1_500);
      let model: { key: string; value: number; bytes: number }[] = [];
      for (const [value, one] of steps.entries()) {
        const found = model.find(({ key }) => key === one.key);
        if (one.do === "get") {
          expect(cache.get(one.key)).toBe(found?.value);
          if (found) model = [...model.filter((other) => other !== found), found];
        } else {
          model = model.filter((other) => other !== found);
          if (one.do === "delete") cache.delete(one.key);
          if (one.do === "set") {
            cache.set(one.key, value, one.size);
            model.push({ key: one.key, value, bytes: one.size + 102 });
            while (model.reduce((sum, { bytes }) => sum + bytes, 0) > 1_500) model.shift();
          }
        }
        expect(cache.count).toBe(model.length);
        expect(cache.sizeBytes).toBe(model.reduce((sum, { bytes }) => sum + bytes, 0));
      }
    }),
  );
});

test("equal values have equal texts, whatever the order of their fields; others have others", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 3 }), (a, b) => {
      expect(canonicalJson(reversed(a))).toBe(canonicalJson(a));
      expect(canonicalJson(a) === canonicalJson(b)).toBe(isEqual(a, b));
      expect(isEqual(JSON.parse(canonicalJson(a)), JSON.parse(JSON.stringify(a)))).toBe(true);
    }),
  );
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, field]) => [name, reversed(field)]),
  );
}

function isEqual(a: unknown, b: unknown): boolean {
  try {
    expect(a).toEqual(b);
    return JSON.stringify(a)?.includes("-0") === JSON.stringify(b)?.includes("-0");
  } catch {
    return false;
  }
}

describe("patterns of paths", () => {
  test.each([
    ["*.ts", "src/a.ts", true],
    ["*.ts", "a.tsx", false],
    ["src/*.ts", "src/a.ts", true],
    ["src/*.ts", "src/deep/a.ts", false],
    ["src/**/*.ts", "src/a.ts", true],
    ["src/**/*.ts", "src/x/y/a.ts", true],
    ["**", "any/thing", true],
    ["src/**", "src/a/b", true],
    ["src/**", "lib/a", false],
    ["./src/?.ts", "src/a.ts", true],
    ["**/test/**", "a/test/b/c", true],
    ["[a].ts", "a.ts", false],
    ["(a|b)*", "b", false],
  ])("%s and %s", (pattern, path, fits) => expect(matchGlob(pattern, path)).toBe(fits));

  test("agree with a regular expression made of them", () => {
    const name = fc.string({ unit: fc.constantFrom("a", "b"), minLength: 1, maxLength: 4 });
    const part = fc.oneof(
      fc.constant("**"),
      fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), minLength: 1, maxLength: 4 }),
    );
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 2, maxLength: 4 }),
        fc.array(name, { minLength: 1, maxLength: 4 }),
        (parts, names) => {
          const path = names.join("/");
          const expected = `${parts
            .map((one) =>
              one === "**" ? "(?:[^/]+/)*" : `${one.replaceAll(/\*+/g, "[^/]*").replaceAll("?", "[^/]")}/`,
            )
            .join("")}$`;
          expect(matchGlob(parts.join("/"), path)).toBe(new RegExp(`^${expected}`).test(`${path}/`));
        },
      ),
    );
  });

  test("take no longer for what was made to take long", () => {
    const pattern = `${"*a".repeat(90)}b`;
    expect(matchGlob(pattern, "a".repeat(3_000))).toBe(false);
    expect(matchGlob(`${"**/a/".repeat(60)}b`, "a/".repeat(2_000))).toBe(false);
  });
});

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

test("lines and their places agree", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", "\n", "\r\n", "\r"), maxLength: 30 }), (text) => {
      const lineOf = createLineFinder(text);
      for (let at = 0; at < text.length; at++) {
        if (text[at] !== "a") continue;
        expect(splitLines(text)[lineOf(at) - 1]).toContain("a");
        expect(splitLines(text.slice(0, at + 1))).toHaveLength(lineOf(at));
      }
    }),
  );
});

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

test("what a type checker says, with what it goes on with", () => {
  const output =
    "src/a(1).ts(3,7): error TS2322: Type 'x'\n  is not 'y'.\nnoise\n  of something\nb.ts(1,1): warning TS1: W\r\n";
  const problems = parseTypescriptProblems(output, "/w");
  expect(problems.get("/w/src/a(1).ts")).toEqual([
    { line: 3, column: 7, severity: "error", source: "typescript", code: "TS2322", message: "Type 'x'\n  is not 'y'." },
  ]);
  expect(problems.get("/w/b.ts")).toMatchObject([{ severity: "warning", message: "W" }]);
});

test("texts of an answer come back where they were, keys and numbers untouched", async () => {
  const hide = async (text: string) => text.replaceAll("key", "***");
  const value = { key: ["a key", { deep: "two\nkey" }, 3, null, true], none: "" };
  expect(await redactResult(value, hide)).toEqual({ key: ["a ***", { deep: "two\n***" }, 3, null, true], none: "" });
});

test("who asks before the next one starts shares it, and nobody gets one that had started before", async () => {
  const starts: PromiseWithResolvers<number>[] = [];
  const shared = sharedStart(() => {
    const one = Promise.withResolvers<number>();
    starts.push(one);
    return one.promise;
  });
  const first = [shared(), shared()];
  await Promise.resolve();
  await Promise.resolve();
  expect(starts).toHaveLength(1);
  const second = [shared(), shared()];
  starts[0]!.resolve(1);
  expect(await Promise.all(first)).toEqual([1, 1]);
  await new Promise((turn) => setImmediate(turn));
  expect(starts).toHaveLength(2);
  starts[1]!.reject(new Error("no"));
  expect((await Promise.allSettled(second)).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  const third = shared();
  await new Promise((turn) => setImmediate(turn));
  starts[2]!.resolve(3);
  expect(await third).toBe(3);
});
