import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { discoverFiles } from "../../../../src/core/workspace/discovery.ts";
import { createGit } from "../../../../src/core/workspace/git.ts";
import { initRepository, runGit } from "../../../support/gitRepository.ts";
import { temporaryFolder, writeFiles } from "../../../support/temporaryFolder.ts";

const GIT = createGit(new AbortController().signal);
const TREE = {
  "a.ts": "1",
  "src/b.ts": "2",
  "src/ignored.log": "3",
  "src/keep.log": "4",
  "build/out.js": "5",
  ".gitignore": "*.log\nbuild/\n",
  "src/.gitignore": "!keep.log\n",
  "node_modules/x/index.js": "6",
};
const VISIBLE = [".gitignore", "a.ts", "src/.gitignore", "src/b.ts", "src/keep.log"];

describe("discoverFiles", () => {
  it("walks a plain folder with its nested ignore files", async () => {
    expect(await discoverFiles(temporaryFolder(TREE), GIT)).toEqual(VISIBLE);
  });

  it("sees the same in a git repository, committed or not", async () => {
    const folder = temporaryFolder(TREE);
    fs.appendFileSync(path.join(folder, ".gitignore"), "node_modules/\n");
    initRepository(folder);
    writeFiles(folder, { "new.py": "" });
    expect(await discoverFiles(folder, GIT)).toEqual([
      ".gitignore",
      "a.ts",
      "new.py",
      "src/.gitignore",
      "src/b.ts",
      "src/keep.log",
    ]);
  });

  it("lists a folder below the repository's top relative to itself", async () => {
    const folder = temporaryFolder(TREE);
    initRepository(folder);
    expect(await discoverFiles(path.join(folder, "src"), GIT)).toEqual([".gitignore", "b.ts", "keep.log"]);
  });

  it("walks a folder that the repository around it ignores, when it is asked for by name", async () => {
    const folder = temporaryFolder({ ".gitignore": "vendor/\n", "vendor/lib/a.js": "1", "vendor/lib/b.js": "2" });
    initRepository(folder);
    expect(await discoverFiles(path.join(folder, "vendor/lib"), GIT)).toEqual(["a.js", "b.js"]);
  });

  it("enters nested repositories and submodules", async () => {
    const inner = temporaryFolder({ "lib.go": "package lib" });
    initRepository(inner);
    const folder = temporaryFolder({ "main.go": "package main", "nested/x.py": "1" });
    initRepository(path.join(folder, "nested"));
    initRepository(folder);
    runGit(folder, "-c", "protocol.file.allow=always", "submodule", "add", "-q", inner, "sub");
    expect(await discoverFiles(folder, GIT)).toEqual([".gitmodules", "main.go", "nested/x.py", "sub/lib.go"]);
  });

  it("starts no process where it must not", async () => {
    const folder = temporaryFolder({ "a.ts": "1", ".git/config": "[core]\n\tfsmonitor = touch pwned\n" });
    expect(await discoverFiles(folder, undefined)).toEqual(["a.ts"]);
    expect(fs.existsSync(path.join(folder, "pwned"))).toBe(false);
  });

  it("does not run what a repository's configuration names", async () => {
    const folder = temporaryFolder({ "a.ts": "1" });
    initRepository(folder);
    runGit(folder, "config", "core.fsmonitor", `touch ${path.join(folder, "pwned")}; false`);
    expect(await discoverFiles(folder, GIT)).toEqual(["a.ts"]);
    expect(fs.existsSync(path.join(folder, "pwned"))).toBe(false);
  });

  it("survives odd names and link loops", async () => {
    const folder = temporaryFolder({ "with\nbreak.ts": "1", "späce é.ts": "2", "-rf.ts": "3", ":(top).ts": "4" });
    fs.symlinkSync(folder, path.join(folder, "loop"));
    const expected = ["-rf.ts", ":(top).ts", "loop", "späce é.ts", "with\nbreak.ts"];
    expect(await discoverFiles(folder, GIT)).toEqual(expected);
    initRepository(folder);
    expect(await discoverFiles(folder, GIT)).toEqual(expected);
  });
});
