import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { resolveFolders } from "../../../src/cli/folders.ts";
import { describeError, errorCode } from "../../../src/shared/errors.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

test("one folder has no prefix, several have their names", () => {
  const root = temporaryFolder({ "api/a.ts": "", "web/b.ts": "" });
  expect(resolveFolders(["api"], root)).toEqual([{ path: path.join(root, "api"), prefix: "" }]);
  expect(resolveFolders(["api", "./web/"], root)).toEqual([
    { path: path.join(root, "api"), prefix: "api/" },
    { path: path.join(root, "web"), prefix: "web/" },
  ]);
});

test("equal names are made unique", () => {
  const root = temporaryFolder({ "a/src/x": "", "b/src/x": "", "src-2/x": "" });
  const prefixes = resolveFolders(["a/src", "b/src", "src-2"], root).map((folder) => folder.prefix);
  expect(new Set(prefixes).size).toBe(3);
  expect(prefixes.slice(0, 2)).toEqual(["src/", "src-2/"]);
});

test("the same folder twice, a link to it, and a folder in it are one", () => {
  const root = temporaryFolder({ "src/inner/x": "", "src-other/x": "" });
  fs.symlinkSync(path.join(root, "src"), path.join(root, "link"));
  expect(resolveFolders(["src", "src", "link", "src/inner"], root)).toEqual([
    { path: path.join(root, "src"), prefix: "" },
  ]);
  expect(resolveFolders(["src", "src-other"], root)).toHaveLength(2);
});

test("a missing folder and a file are refused with what to do", () => {
  const root = temporaryFolder({ "src/a b.ts": "" });
  const refusal = (given: string) => {
    try {
      resolveFolders([given], root);
    } catch (error) {
      return [errorCode(error), describeError(error)];
    }
    return [];
  };
  expect(refusal("nowhere")).toEqual([
    "missing-folder",
    "There is no folder nowhere. Check the path; without one the current folder is reviewed.",
  ]);
  expect(refusal("src/a b.ts/deeper")[0]).toBe("missing-folder");
  expect(refusal("src/a b.ts")).toEqual([
    "not-a-folder",
    'src/a b.ts is not a folder. To review a single file: onceover analyze src --include "a b.ts"',
  ]);
});
