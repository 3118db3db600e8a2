import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { countChanges } from "../../../../src/core/workspace/churn.ts";
import { createGit } from "../../../../src/core/workspace/git.ts";
import { initRepository, runGit } from "../../../support/gitRepository.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

const git = createGit(new AbortController().signal);
const DAY_MS = 86_400_000;

test("commits of a year are counted by path within the folder, odd names too, and no program is started for it", async () => {
  const folder = temporaryFolder({ "src/a b\n\u00e9.ts": "1\n", "src/old.ts": "1\n", "outside.ts": "1\n" });
  initRepository(folder);
  fs.appendFileSync(path.join(folder, "src/a b\n\u00e9.ts"), "2\n");
  runGit(folder, "commit", "-qam", "second");
  const trap = path.join(folder, "trap");
  fs.writeFileSync(`${trap}.sh`, `#!/bin/sh\ntouch ${trap}\n`, { mode: 0o755 });
  runGit(folder, "config", "log.showSignature", "true");
  runGit(folder, "config", "gpg.program", `${trap}.sh`);
  const counts = await countChanges(path.join(folder, "src"), git, Date.now());
  expect([...counts!]).toEqual([
    ["a b\n\u00e9.ts", 2],
    ["old.ts", 1],
  ]);
  expect(fs.existsSync(trap)).toBe(false);
  expect(await countChanges(folder, git, Date.now() + 400 * DAY_MS)).toEqual(new Map());
});

test("without a repository nothing is known", async () => {
  expect(await countChanges(temporaryFolder({ "a.ts": "1\n" }), git, Date.now())).toBeUndefined();
});
