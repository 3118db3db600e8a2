import { describe, expect, it } from "vitest";
import { createGit } from "../../../../src/core/workspace/git.ts";
import { wantedFiles } from "../../../../src/core/workspace/wantedFiles.ts";
import { initRepository } from "../../../support/gitRepository.ts";
import { temporaryFolder, writeFiles } from "../../../support/temporaryFolder.ts";

const GIT = createGit(new AbortController().signal);
const FILES = {
  "top.ts": "1\n",
  "src/a.ts": "1\n",
  "src/deep/b.ts": "1\n",
  "src-old/c.ts": "1\n",
  "src/skipped.log": "1\n",
  ".gitignore": "*.log\n",
};

interface Asked {
  readonly only?: readonly string[];
  readonly under?: readonly string[];
  readonly since?: string;
  readonly prefix?: string;
  readonly listedOnly?: boolean;
}

async function wanted(
  folder: string,
  { only, under, since, prefix = "", listedOnly = false }: Asked,
): Promise<string[]> {
  const asked = { only: only ?? null, under: under ?? null, since: since ?? null, trusted: true, listedOnly };
  return wantedFiles({ path: folder, prefix }, asked, GIT);
}

function repository(): string {
  const folder = temporaryFolder(FILES);
  initRepository(folder);
  return folder;
}

describe("wantedFiles", () => {
  it("lists a folder with what is below it, and nothing that is ignored or merely begins alike", async () => {
    const folder = repository();
    expect(await wanted(folder, { under: ["src"] })).toEqual(["src/a.ts", "src/deep/b.ts"]);
    expect(await wanted(folder, { under: ["src/"] })).toEqual(["src/a.ts", "src/deep/b.ts"]);
    expect(await wanted(folder, { under: ["src/deep", "src-old"] })).toEqual(["src-old/c.ts", "src/deep/b.ts"]);
    expect(await wanted(folder, { under: ["none"] })).toEqual([]);
  });

  it("takes the whole of a folder of the workspace, named by its prefix, and nothing of the others", async () => {
    const folder = repository();
    const all = [".gitignore", "src-old/c.ts", "src/a.ts", "src/deep/b.ts", "top.ts"];
    expect(await wanted(folder, { under: [""] })).toEqual(all);
    expect(await wanted(folder, { under: ["shop"], prefix: "shop/" })).toEqual(all);
    expect(await wanted(folder, { under: ["shop/src/deep"], prefix: "shop/" })).toEqual(["src/deep/b.ts"]);
    expect(await wanted(folder, { under: ["sho", "src"], prefix: "shop/" })).toEqual([]);
  });

  it("adds files that are asked for by name, each once", async () => {
    const folder = repository();
    const asked = { under: ["src/deep"], only: ["top.ts", "src/deep/b.ts"] };
    expect(await wanted(folder, asked)).toEqual(["src/deep/b.ts", "top.ts"]);
  });

  it("leaves out named files that are ignored or not there, where only listed ones are wanted", async () => {
    const folder = repository();
    const only = ["top.ts", "src/skipped.log", "none.ts"];
    expect(await wanted(folder, { only })).toEqual(["none.ts", "src/skipped.log", "top.ts"]);
    expect(await wanted(folder, { only, listedOnly: true })).toEqual(["top.ts"]);
    expect(await wanted(folder, { only, under: ["src/deep"], listedOnly: true })).toEqual(["src/deep/b.ts", "top.ts"]);
  });

  it("knows no folder outside", async () => {
    const folder = repository();
    expect(await wanted(folder, { under: ["../x", "src/../.."] })).toEqual([]);
  });

  it("leaves of it what differs from a revision", async () => {
    const changed = repository();
    writeFiles(changed, { "src/a.ts": "2\n", "top.ts": "2\n" });
    expect(await wanted(changed, { under: ["src"], since: "HEAD" })).toEqual(["src/a.ts"]);
    expect(await wanted(changed, { under: ["src"], only: ["top.ts"], since: "HEAD" })).toEqual(["src/a.ts", "top.ts"]);
  });
});
