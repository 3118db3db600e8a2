import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { changedFiles } from "../../../../src/core/workspace/changedFiles.ts";
import { createGit } from "../../../../src/core/workspace/git.ts";
import { errorCode } from "../../../../src/shared/errors.ts";
import { initRepository, runGit } from "../../../support/gitRepository.ts";
import { temporaryFolder, writeFiles } from "../../../support/temporaryFolder.ts";

const GIT = createGit(new AbortController().signal);
const TREE = { "kept.ts": "1\n", "edited.ts": "1\n", "old.ts": "a\nb\nc\n", "gone.ts": "1\n", "src/deep.ts": "1\n" };

function repository(files: Readonly<Record<string, string>> = TREE): string {
  const folder = temporaryFolder(files);
  initRepository(folder);
  return folder;
}

function commit(folder: string, files: Readonly<Record<string, string>>): void {
  writeFiles(folder, files);
  runGit(folder, "add", "-A");
  runGit(folder, "commit", "-q", "-m", "more");
}

/** Later than anything the index can have seen. */
function touch(file: string): void {
  const later = new Date(Date.now() + 60_000);
  fs.utimesSync(file, later, later);
}

describe("changedFiles", () => {
  it("lists what is committed, staged, unstaged and untracked, renamed files by their new name, deleted ones not", async () => {
    const folder = repository({ ...TREE, ".gitignore": "*.log\n" });
    runGit(folder, "switch", "-q", "-c", "work");
    commit(folder, { "committed.ts": "1\n" });
    writeFiles(folder, { "staged.ts": "1\n" });
    runGit(folder, "add", "staged.ts");
    runGit(folder, "mv", "old.ts", "new.ts");
    fs.rmSync(path.join(folder, "gone.ts"));
    writeFiles(folder, { "edited.ts": "2\n", "new folder/untracked é.ts": "1\n", "noise.log": "1\n" });
    expect(await changedFiles(folder, "main", GIT)).toEqual([
      "committed.ts",
      "edited.ts",
      "new folder/untracked é.ts",
      "new.ts",
      "staged.ts",
    ]);
    expect(await changedFiles(path.join(folder, "new folder"), "main", GIT)).toEqual(["untracked é.ts"]);
    expect(await changedFiles(path.join(folder, "src"), "main", GIT)).toEqual([]);
  });

  it("compares with where the branch left, as a pull request does", async () => {
    const folder = repository();
    runGit(folder, "switch", "-q", "-c", "work");
    commit(folder, { "mine.ts": "1\n" });
    runGit(folder, "switch", "-q", "main");
    commit(folder, { "theirs.ts": "1\n", "edited.ts": "theirs\n" });
    runGit(folder, "switch", "-q", "work");
    expect(await changedFiles(folder, "main", GIT)).toEqual(["mine.ts"]);
    expect(await changedFiles(folder, "HEAD", GIT)).toEqual([]);
    expect(await changedFiles(folder, "HEAD~1", GIT)).toEqual(["mine.ts"]);
  });

  it("compares with the revision itself where there is no common history", async () => {
    const folder = repository({ "a.ts": "1\n", "b.ts": "1\n" });
    runGit(folder, "switch", "-q", "--orphan", "other");
    commit(folder, { "a.ts": "1\n", "b.ts": "2\n" });
    expect(await changedFiles(folder, "main", GIT)).toEqual(["b.ts"]);
  });

  it("does not take a new time stamp for a change", async () => {
    const folder = repository();
    touch(path.join(folder, "edited.ts"));
    expect(await changedFiles(folder, "HEAD", GIT)).toEqual([]);
    const other = temporaryFolder({ "a.ts": "1\n" });
    runGit(other, "init", "-q", "--object-format=sha256");
    commit(other, { "b.ts": "1\n" });
    touch(path.join(other, "a.ts"));
    writeFiles(other, { "b.ts": "2\n" });
    expect(await changedFiles(other, "HEAD", GIT)).toEqual(["b.ts"]);
  });

  it("lists files of an unfinished merge", async () => {
    const folder = repository();
    runGit(folder, "switch", "-q", "-c", "work");
    commit(folder, { "edited.ts": "mine\n" });
    runGit(folder, "switch", "-q", "main");
    commit(folder, { "edited.ts": "theirs\n" });
    expect(() => runGit(folder, "merge", "-q", "work")).toThrow();
    expect(await changedFiles(folder, "HEAD", GIT)).toEqual(["edited.ts"]);
  });

  it("enters submodules and nested repositories", async () => {
    const inner = repository({ "lib.go": "package lib\n", "other.go": "package lib\n" });
    const folder = repository({ "main.go": "package main\n" });
    runGit(folder, "-c", "protocol.file.allow=always", "submodule", "add", "-q", inner, "sub");
    commit(folder, {});
    expect(await changedFiles(folder, "HEAD", GIT)).toEqual([]);
    writeFiles(folder, { "sub/lib.go": "package lib // dirty\n", "nested/x.py": "1\n" });
    initRepository(path.join(folder, "nested"));
    expect(await changedFiles(folder, "HEAD", GIT)).toEqual(["nested/x.py", "sub/lib.go"]);
    commit(path.join(folder, "sub"), { "more.go": "package lib\n" });
    expect(await changedFiles(folder, "HEAD", GIT)).toEqual(["nested/x.py", "sub/lib.go", "sub/more.go"]);
    expect(await changedFiles(folder, "HEAD~1", GIT)).toEqual([
      ".gitmodules",
      "nested/x.py",
      "sub/lib.go",
      "sub/more.go",
      "sub/other.go",
    ]);
  });

  it("runs nothing that the repository configures", async () => {
    const folder = repository({ ".gitattributes": "*.ts filter=evil diff=evil\n", "a.ts": "1\n" });
    const pwned = `touch ${path.join(folder, "pwned")}; cat`;
    runGit(folder, "config", "filter.evil.clean", pwned);
    runGit(folder, "config", "filter.evil.required", "true");
    runGit(folder, "config", "diff.evil.textconv", pwned);
    runGit(folder, "config", "diff.external", pwned);
    runGit(folder, "config", "core.fsmonitor", pwned);
    // As long as before and in the same tick: git has to look at the content.
    writeFiles(folder, { "a.ts": "2\n" });
    expect(await changedFiles(folder, "HEAD", GIT)).toEqual(["a.ts"]);
    expect(fs.existsSync(path.join(folder, "pwned"))).toBe(false);
  });

  it.each([
    ["no-such-branch", /no git revision no-such-branch here/],
    ["--output=pwned", /not a git revision/],
    ["-p", /not a git revision/],
    ["", /not a git revision/],
    ["main..HEAD", /no git revision main\.\.HEAD/],
    ["main:kept.ts", /no git revision/],
    ["a\nb", /no git revision a\\u\{a\}b|no git revision a.*b/],
    ["a\0b", /not a git revision/],
  ])("refuses %j as a mistake of usage", async (revision, message) => {
    const folder = repository();
    const failed = await failure(changedFiles(folder, revision, GIT));
    expect(errorCode(failed)).toBe("usage");
    expect((failed as Error).message).toMatch(message);
    expect(fs.readdirSync(folder)).not.toContain("pwned");
  });

  it("says that there is no repository, or that nobody trusts the folder", async () => {
    const folder = temporaryFolder({ "a.ts": "1" });
    expect(await failure(changedFiles(folder, "main", GIT))).toMatchObject({
      code: "usage",
      message: `${folder} is in no git repository.`,
    });
    expect(await failure(changedFiles(repository(), "main", undefined))).toMatchObject({ code: "usage" });
  });
});

function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => expect.unreachable(),
    (error: unknown) => error,
  );
}
