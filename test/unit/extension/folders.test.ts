import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { absolutePathOf, reportedFolderOf, reportedPathOf, toEngineFolders } from "../../../src/extension/folders.ts";

const named = (name: string, folder: string) => ({ name, path: path.resolve(folder) });

describe("folders", () => {
  it("gives a single one no prefix, and several their names, equal ones numbered", () => {
    expect(toEngineFolders([named("shop", "/w/shop")])).toEqual([{ path: path.resolve("/w/shop"), prefix: "" }]);
    const several = toEngineFolders([named("api", "/w/api"), named("api", "/v/api"), named("a/b", "/w/c")]);
    expect(several.map((one) => one.prefix)).toEqual(["api/", "api-2/", "a-b/"]);
  });

  it("never lets a prefix lie within another, whatever the names", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 6 }), { minLength: 2, maxLength: 6 }), (names) => {
        const prefixes = toEngineFolders(names.map((name, at) => named(name, `/w/${at}`))).map((one) => one.prefix);
        for (const [at, prefix] of prefixes.entries()) {
          expect(prefixes.some((other, index) => index !== at && other.startsWith(prefix))).toBe(false);
        }
      }),
    );
  });

  it("leads from a reported path to the file and back", () => {
    const segment = fc.stringMatching(/^[\w-]{1,8}$/);
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 4 }), fc.boolean(), (segments, isSecond) => {
        const folders = toEngineFolders([named("one", "/w/one"), named("two", "/w/two")]);
        const reported = (isSecond ? "two/" : "one/") + segments.join("/");
        const absolute = absolutePathOf(folders, reported);
        expect(absolute).toBe(path.join(folders[isSecond ? 1 : 0]!.path, ...segments));
        expect(reportedPathOf(folders, absolute!)).toBe(reported);
      }),
    );
  });

  it("names folders as runs know them, those of the workspace by their prefix", () => {
    const single = toEngineFolders([named("shop", "/w/shop")]);
    expect(reportedFolderOf(single, path.resolve("/w/shop"))).toBe("");
    expect(reportedFolderOf(single, path.resolve("/w/shop/src/deep"))).toBe("src/deep");
    expect(reportedFolderOf(single, path.resolve("/w"))).toBeUndefined();
    const several = toEngineFolders([named("one", "/w/one"), named("two", "/w/two")]);
    expect(reportedFolderOf(several, path.resolve("/w/two"))).toBe("two");
    expect(reportedFolderOf(several, path.resolve("/w/two/src"))).toBe("two/src");
  });

  it("knows no path outside, whether by its name or by two dots", () => {
    const folders = toEngineFolders([named("shop", "/w/shop")]);
    expect(absolutePathOf(folders, "../secret")).toBeUndefined();
    expect(absolutePathOf(folders, "a/../../secret")).toBeUndefined();
    expect(absolutePathOf(folders, "")).toBeUndefined();
    expect(reportedPathOf(folders, path.resolve("/w/shopping/a.ts"))).toBeUndefined();
    expect(reportedPathOf(folders, path.resolve("/w/shop"))).toBeUndefined();
    expect(reportedPathOf(folders, path.resolve("/w/shop/..a.ts"))).toBe("..a.ts");
  });

  it("lets the innermost folder answer where one lies in another", () => {
    const folders = toEngineFolders([named("outer", "/w"), named("inner", "/w/inner")]);
    expect(reportedPathOf(folders, path.resolve("/w/inner/a.ts"))).toBe("inner/a.ts");
    expect(reportedPathOf(folders, path.resolve("/w/b.ts"))).toBe("outer/b.ts");
  });
});
