import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchGlob } from "../../../../src/core/tools/matchGlob.ts";

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
