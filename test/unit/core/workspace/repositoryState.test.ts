import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { createGit } from "../../../../src/core/workspace/git.ts";
import {
  findDifferences,
  hashOfState,
  openRepository,
  stampsOf,
} from "../../../../src/core/workspace/repositoryState.ts";
import { initRepository, runGit } from "../../../support/gitRepository.ts";
import { temporaryFolder, writeFiles } from "../../../support/temporaryFolder.ts";

const git = createGit(new AbortController().signal);
const FILES = { "a.js": "let a = 1;\n", "sub/b.js": "let b = 1;\n", ".gitignore": "*.log\n", "c.log": "ignored\n" };

function repository(files: Record<string, string> = FILES): string {
  const folder = temporaryFolder(files);
  initRepository(folder);
  return folder;
}

async function stateOf(folder: string, nowMs?: number): Promise<string | undefined> {
  const files = await openRepository(folder, git);
  const differences = await findDifferences(folder, git);
  return files && differences && hashOfState(folder, files, differences, nowMs);
}

/** One after the other, each on what the one before has left. */
const CHANGES: Record<string, (folder: string) => void> = {
  "a file's content": (folder) => fs.appendFileSync(path.join(folder, "a.js"), "a++;\n"),
  "a changed file's content": (folder) => fs.appendFileSync(path.join(folder, "a.js"), "a--;\n"),
  "content of the same length, and the old time": (folder) => {
    const file = path.join(folder, "sub/b.js");
    const { atime, mtime } = fs.statSync(file);
    fs.writeFileSync(file, "let b = 2;\n");
    fs.utimesSync(file, atime, mtime);
  },
  "what is staged": (folder) => runGit(folder, "add", "a.js"),
  "a new file": (folder) => writeFiles(folder, { "new.js": "1;\n" }),
  "a new file's content": (folder) => writeFiles(folder, { "new.js": "2;\n" }),
  "a file deleted": (folder) => fs.rmSync(path.join(folder, "sub/b.js")),
  "a file renamed": (folder) => fs.renameSync(path.join(folder, "new.js"), path.join(folder, "newer.js")),
  "a file that is ignored no more": (folder) => writeFiles(folder, { ".gitignore": "" }),
  "files left out": (folder) => writeFiles(folder, { ".onceoverignore": "sub\n" }),
  "a rule of the team's": (folder) => writeFiles(folder, { ".onceover/rules/one/one.md": "# One\n" }),
  "what the team ignores, in a folder that git does not list": (folder) => {
    writeFiles(folder, { ".git/info/exclude": ".onceover\n", ".onceover/ignore.json": "{}" });
  },
  "what the team ignores, once more": (folder) => writeFiles(folder, { ".onceover/ignore.json": '{"a":1}' }),
  "a manifest that git does not list": (folder) => {
    writeFiles(folder, { ".gitignore": "package.json\n", "package.json": "{}" });
  },
  "that manifest's content": (folder) => writeFiles(folder, { "package.json": '{"dependencies":{}}' }),
  "what git itself is told": (folder) => runGit(folder, "config", "core.abbrev", "12"),
  "content that git writes and reads back alike": (folder) => {
    writeFiles(folder, { ".gitattributes": "*.js ident\n", "sub/b.js": "let b = '$Id: one $';\n" });
  },
  "such content, once more": (folder) => {
    fs.writeFileSync(path.join(folder, "sub/b.js"), "let b = '$Id: two $';\n");
  },
  "a commit": (folder) => {
    runGit(folder, "add", "-A");
    runGit(folder, "commit", "-q", "-m", "all");
  },
};

describe("the state of a repository", () => {
  it("is the same until something changes, and another one for every change", async () => {
    const folder = repository();
    const states = [await stateOf(folder)];
    expect(states[0]).toMatch(/^[0-9a-f]{64}$/);
    for (const [name, change] of Object.entries(CHANGES)) {
      expect(await stateOf(folder), `before ${name}`).toBe(states.at(-1));
      change(folder);
      const next = await stateOf(folder);
      expect(next, name).toBeDefined();
      expect(states, name).not.toContain(next);
      states.push(next);
    }
  });

  it("is that of a folder inside the repository, too", async () => {
    const folder = repository();
    const inside = path.join(folder, "sub");
    const before = await stateOf(inside);
    fs.appendFileSync(path.join(inside, "b.js"), "b++;\n");
    const after = await stateOf(inside);
    expect(before).toBeDefined();
    expect(after).not.toBe(before);
    expect(after).toBeDefined();
  });

  it("is that of a linked worktree, whose index lies elsewhere", async () => {
    const folder = repository();
    const linked = path.join(temporaryFolder(), "linked");
    runGit(folder, "worktree", "add", "-q", linked);
    const before = await stateOf(linked);
    writeFiles(linked, { "a.js": "let a = 3;\n" });
    runGit(linked, "add", "-A");
    const after = await stateOf(linked);
    expect(before).toBeDefined();
    expect(after).not.toBe(before);
  });

  it("is unknown while a file may change once more without its stamp", async () => {
    const folder = repository();
    const nowMs = Date.now();
    expect(await stateOf(folder, nowMs)).toBeUndefined();
    expect(await stateOf(folder, nowMs + 10_000)).toBeDefined();
    const old = new Date(nowMs - 3_600_000);
    writeFiles(folder, { "new.js": "1;\n" });
    // Its time says an hour ago, that of its change does not.
    fs.utimesSync(path.join(folder, "new.js"), old, old);
    expect(await stateOf(folder, Date.now())).toBeUndefined();
  });

  const UNKNOWN: Record<string, (folder: string) => void> = {
    "has a repository inside it": (folder) => {
      writeFiles(folder, { "inner/x.js": "1;\n" });
      initRepository(path.join(folder, "inner"));
    },
    "has a submodule": (folder) => {
      const other = repository({ "x.js": "1;\n" });
      runGit(folder, "-c", "protocol.file.allow=always", "submodule", "add", "-q", other, "module");
    },
    "is told to pass over a file": (folder) => runGit(folder, "update-index", "--assume-unchanged", "a.js"),
    "leaves a file out of the working tree": (folder) => runGit(folder, "update-index", "--skip-worktree", "a.js"),
    "has a filter of its own": (folder) => runGit(folder, "config", "filter.own.clean", "cat"),
    "has its files elsewhere": (folder) => runGit(folder, "config", "core.worktree", temporaryFolder(FILES)),
    "lacks what a server would have to bring": (folder) => runGit(folder, "config", "remote.origin.promisor", "true"),
    "reads its settings elsewhere": (folder) => runGit(folder, "config", "include.path", "../other"),
    "has links among what it says of reviews, in a circle": (folder) => {
      writeFiles(folder, { ".onceover/ignore.json": "{}" });
      for (const name of ["one", "two", "three"]) fs.symlinkSync("..", path.join(folder, ".onceover", name));
    },
    "keeps what it says of reviews behind a link": (folder) => {
      writeFiles(folder, { "elsewhere/ignore.json": "{}" });
      fs.symlinkSync("elsewhere", path.join(folder, ".onceover"));
    },
    "leaves files out behind a link": (folder) => {
      writeFiles(folder, { elsewhere: "sub\n" });
      fs.symlinkSync("elsewhere", path.join(folder, ".onceoverignore"));
    },
    "says more of reviews than anybody writes": (folder) => {
      const many = Array.from({ length: 1_001 }, (_, at) => [`.onceover/rules/${at}.md`, ""]);
      writeFiles(folder, Object.fromEntries(many) as Record<string, string>);
    },
    "is no repository any more": (folder) => fs.rmSync(path.join(folder, ".git"), { recursive: true }),
  };
  for (const [name, change] of Object.entries(UNKNOWN)) {
    it(`is unknown where the folder ${name}`, async () => {
      const folder = repository();
      expect(await stateOf(folder)).toBeDefined();
      change(folder);
      expect(await stateOf(folder)).toBeUndefined();
    });
  }

  it("is unknown in a folder whose name has a line's end in it", async () => {
    const folder = path.join(temporaryFolder(), "two\nlines");
    writeFiles(folder, FILES);
    initRepository(folder);
    expect(await stateOf(folder)).toBeUndefined();
  });

  it("is unknown in a folder that the repository around it ignores", async () => {
    const folder = repository({ ".gitignore": "out\n", "out/a.js": "1;\n" });
    expect(await stateOf(path.join(folder, "out"))).toBeUndefined();
  });

  it("is another one when a repository begins further inside", async () => {
    const folder = repository();
    const inside = path.join(folder, "sub");
    const opened = (await openRepository(inside, git))!;
    const before = stampsOf(opened);
    fs.appendFileSync(path.join(folder, "a.js"), "a++;\n");
    expect(stampsOf(opened)).toBe(before);
    initRepository(inside);
    expect(stampsOf(opened)).not.toBe(before);
  });

  it("starts no filter, not even where every stamp is another one", async () => {
    const folder = repository({ ...FILES, ".gitattributes": "*.js filter=own\n" });
    const trace = path.join(temporaryFolder(), "started");
    runGit(folder, "config", "filter.own.clean", `touch ${trace}; cat`);
    const old = new Date(Date.now() - 3_600_000);
    for (const name of ["a.js", "sub/b.js"]) fs.utimesSync(path.join(folder, name), old, old);
    expect(await openRepository(folder, git)).toBeUndefined();
    expect((await findDifferences(folder, git))?.changed).toContain("a.js");
    expect(fs.existsSync(trace)).toBe(false);
  });

  it("starts nothing that the repository brings", async () => {
    const folder = repository();
    const trace = path.join(folder, "started");
    const script = path.join(temporaryFolder({ hook: `#!/bin/sh\ntouch ${trace}\n` }), "hook");
    fs.chmodSync(script, 0o755);
    runGit(folder, "config", "core.fsmonitor", script);
    await stateOf(folder);
    await findDifferences(folder, git);
    expect(fs.existsSync(trace)).toBe(false);
  });
});
