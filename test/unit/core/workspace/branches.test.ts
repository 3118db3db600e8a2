import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { listBranches } from "../../../../src/core/workspace/branches.ts";
import { createGit } from "../../../../src/core/workspace/git.ts";
import { initRepository, runGit } from "../../../support/gitRepository.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

const GIT = createGit(new AbortController().signal);
const at = (path: string) => ({ path, prefix: "" });

function repository(): string {
  const folder = temporaryFolder({ "a.ts": "1\n" });
  initRepository(folder);
  return folder;
}

/** An empty commit of that day on top of main, under any ref. */
function commitAs(folder: string, ref: string, day: number): void {
  const ident = `A <a@example.invalid> ${1_900_000_000 + day * 86_400} +0000`;
  const tree = runGit(folder, "rev-parse", "main^{tree}").trim();
  const text = `tree ${tree}\nparent ${runGit(folder, "rev-parse", "main").trim()}\nauthor ${ident}\ncommitter ${ident}\n\nm\n`;
  const file = path.join(folder, ".git", "commit-text");
  fs.writeFileSync(file, text);
  runGit(folder, "update-ref", ref, runGit(folder, "hash-object", "-t", "commit", "-w", file).trim());
}

const names = async (...folders: string[]) => (await listBranches(folders.map(at), GIT)).map(({ name }) => name);

describe("branches", () => {
  it("lists the likely base first, then the newest, and says which is checked out", async () => {
    const folder = repository();
    commitAs(folder, "refs/heads/old", 1);
    commitAs(folder, "refs/remotes/upstream/new", 3);
    commitAs(folder, "refs/heads/middle", 2);
    runGit(folder, "switch", "-q", "middle");
    const branches = await listBranches([at(folder)], GIT);
    expect(branches.map(({ name }) => name)).toEqual(["main", "upstream/new", "middle", "old"]);
    expect(branches.filter(({ isLikelyBase }) => isLikelyBase).map(({ name }) => name)).toEqual(["main"]);
    expect(branches.filter(({ isCurrent }) => isCurrent).map(({ name }) => name)).toEqual(["middle"]);
    expect(branches[1]!.committedAtMs).toBe((1_900_000_000 + 3 * 86_400) * 1_000);
  });

  it("believes the server about its main branch, and lists no pointer to it", async () => {
    const folder = repository();
    commitAs(folder, "refs/remotes/origin/trunk", 1);
    commitAs(folder, "refs/remotes/origin/main", 2);
    runGit(folder, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk");
    const branches = await names(folder);
    expect(branches.toSorted()).toEqual(["main", "origin/main", "origin/trunk"]);
    expect(branches[0]).toBe("origin/trunk");
  });

  it("takes no branch for its own base", async () => {
    const [only] = await listBranches([at(repository())], GIT);
    expect(only).toMatchObject({ name: "main", isCurrent: true, isLikelyBase: false });
  });

  it("names those that several folders share, and tells a branch from a tag of its name", async () => {
    const [one, two] = [repository(), repository()];
    commitAs(one, "refs/heads/shared", 1);
    commitAs(one, "refs/heads/alone", 1);
    commitAs(two, "refs/heads/shared", 1);
    expect((await names(one, two)).toSorted()).toEqual(["main", "shared"]);
    runGit(one, "tag", "alone", "main");
    expect(await names(one)).toContain("heads/alone");
  });

  it("knows none where there is no repository", async () => {
    expect(await names(temporaryFolder({ "a.ts": "1" }))).toEqual([]);
  });
});
