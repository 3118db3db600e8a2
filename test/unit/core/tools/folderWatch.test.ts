import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createFileVersions } from "../../../../src/core/tools/fileVersions.ts";
import { createFolderWatch } from "../../../../src/core/tools/folderWatch.ts";
import { discoverFiles } from "../../../../src/core/workspace/discovery.ts";
import { createGit } from "../../../../src/core/workspace/git.ts";
import { initRepository, runGit } from "../../../support/gitRepository.ts";
import { temporaryFolder, writeFiles } from "../../../support/temporaryFolder.ts";

const GIT = createGit(new AbortController().signal);

function watchOf(folder: string, isTrusted = true) {
  const git = isTrusted ? GIT : undefined;
  const versions = createFileVersions({ now: () => Date.now() });
  return createFolderWatch({ folder: { path: folder, prefix: "" }, git, exclude: [], versions });
}

type Step = (top: string) => void;

const at = (top: string, name: string) => path.join(top, name);
const STEPS: Readonly<Record<string, Step>> = {
  "a new file": (top) => writeFiles(at(top, "work"), { "new/file.txt": "1" }),
  "a file in a folder that was empty": (top) => writeFiles(at(top, "work"), { "empty/file.txt": "1" }),
  "a file in an ignored folder": (top) => writeFiles(at(top, "work"), { "out/more.txt": "1" }),
  "one that is added all the same": (top) => {
    writeFiles(at(top, "work"), { "out/forced.txt": "1" });
    runGit(at(top, "work"), "add", "-f", "out/forced.txt");
  },
  "a rule": (top) => fs.appendFileSync(at(top, "work/.gitignore"), "new\n"),
  "a rule above": (top) => fs.appendFileSync(at(top, ".gitignore"), "*.log\n"),
  "a rule of the clone's own": (top) => fs.appendFileSync(at(top, ".git/info/exclude"), "empty\n"),
  "rules taken back": (top) => fs.rmSync(at(top, "work/.gitignore"), { force: true }),
  "a log": (top) => writeFiles(at(top, "work"), { "a.log": "1" }),
  "a repository within": (top) => {
    writeFiles(at(top, "work/inner"), { "in.txt": "1" });
    if (!fs.existsSync(at(top, "work/inner/.git"))) initRepository(at(top, "work/inner"));
  },
  "a file in it": (top) => writeFiles(at(top, "work"), { "inner/other.txt": "1" }),
  "a file less": (top) => fs.rmSync(at(top, "work/a.txt"), { force: true }),
  nothing: () => {},
};

test("what is listed is what git lists now, and the generation rises when anything has changed", async () => {
  const parent = temporaryFolder();
  let count = 0;
  const names = fc.array(fc.constantFrom(...Object.keys(STEPS)), { minLength: 3, maxLength: 9 });
  await fc.assert(
    fc.asyncProperty(names, async (steps) => {
      const top = path.join(parent, `run${count++}`);
      writeFiles(top, { "work/a.txt": "1", "work/.gitignore": "out\n", "work/out/x.txt": "1", ".gitignore": "" });
      fs.mkdirSync(at(top, "work/empty"));
      initRepository(top);
      const folder = at(top, "work");
      const watch = watchOf(folder);
      let before = await watch.look();
      for (const step of steps) {
        STEPS[step]!(top);
        const listed = (await discoverFiles(folder, GIT)).filter((relative) => !relative.endsWith("/"));
        for (const relative of [...listed, "out/more.txt"]) {
          expect(await watch.holds(relative), `${relative} after ${step}`).toBe(listed.includes(relative));
        }
        const view = await watch.look();
        expect(view.files, step).toEqual(listed.filter((relative) => fs.existsSync(path.join(folder, relative))));
        const isSame = view.files.join() === before.files.join();
        if (!isSame) expect(view.generation, step).toBeGreaterThan(before.generation);
        if (step === "nothing") expect(view.generation).toBe(before.generation);
        before = view;
      }
    }),
    { numRuns: 6 },
  );
}, 120_000);

test("a repository that is made later is seen, and one that is gone as well", async () => {
  const folder = temporaryFolder({ "a.txt": "1", "node_modules/b.txt": "1" });
  const watch = watchOf(folder);
  expect((await watch.look()).files).toEqual(["a.txt"]);
  expect(await watch.gitFolders()).toBeUndefined();
  initRepository(folder);
  expect((await watch.look()).files).toEqual(["a.txt", "node_modules/b.txt"]);
  expect(await watch.gitFolders()).toMatchObject({ top: folder });
  fs.rmSync(path.join(folder, ".git"), { recursive: true });
  expect((await watch.look()).files).toEqual(["a.txt"]);
});

test("without trust the folder is walked, and its own .onceoverignore does not count", async () => {
  const folder = temporaryFolder({ "a.txt": "1", "b.txt": "1", ".onceoverignore": "b.txt\n", ".env": "KEY=1" });
  expect((await watchOf(folder, false).look()).files).toEqual([".onceoverignore", "a.txt", "b.txt"]);
  expect((await watchOf(folder).look()).files).toEqual([".onceoverignore", "a.txt"]);
});
