/** Sources of another organisation, through the check that asks about them. */
import { describe, expect, it } from "vitest";
import { createVendoredCheck, namesOf } from "../../../../src/core/workspace/vendoredFolders.ts";

const some = (folder: string, count: number, ending = "java") =>
  Array.from({ length: count }, (_, at) => `${folder}/p${at % 3}/A${at}.${ending}`);

/** @returns the folders that are marked, shortened to the organisation's */
function foreign(...paths: string[]): string[] {
  const isVendored = createVendoredCheck(namesOf(paths));
  const marked = paths.filter(isVendored).map((path) => path.replace(/\/p\d\/[^/]+$/, ""));
  return [...new Set(marked)].toSorted();
}

const OURS = some("app/src/main/java/com/shop", 50);

describe("packages of another organisation", () => {
  it.each([
    ["app/src/main/java/net/drawing", 3],
    ["app/src/main/java/com/scanner", 2],
    ["app/src/main/java/com/github/person", 2],
  ])("are known among many of the team's: %s", (folder, count) => {
    expect(foreign(...OURS, ...some(folder, count))).toEqual([folder]);
  });

  it("are known in Kotlin, and in more than one source root", () => {
    const ours = [...some("a/src/org/shop", 40, "kt"), ...some("b/src/main/kotlin/org/shop", 40, "kt")];
    const theirs = [...some("a/src/io/chart", 2, "kt"), ...some("b/src/main/kotlin/de/chart", 2, "kt")];
    expect(foreign(...ours, ...theirs)).toEqual(["a/src/io/chart", "b/src/main/kotlin/de/chart"]);
  });

  it.each([
    ["a second house of the team", some("app/src/main/java/de/other", 12)],
    ["the same house by another domain", some("app/src/main/java/org/shop", 2)],
    ["the same house by a longer name", some("app/src/main/java/com/shopsystems", 2)],
    ["a placeholder", some("app/src/main/java/com/example", 2)],
    ["a patch in the package that it patches", some("app/src/main/java/org/server", 1)],
    ["a folder of the product that is named like a domain", some("app/net/client", 2)],
    ["another source root", some("lib/src/main/java/net/drawing", 3)],
  ])("are not: %s", (_name, paths) => {
    expect(foreign(...OURS, ...paths)).toEqual([]);
  });

  it("are not where the team has few files, or several houses", () => {
    expect(foreign(...OURS.slice(0, 25), ...some("app/src/main/java/net/drawing", 2))).toEqual([]);
    const half = some("app/src/main/java/org/half", 40);
    expect(foreign(...OURS, ...half, ...some("app/src/main/java/net/drawing", 2))).toEqual([]);
  });
});
