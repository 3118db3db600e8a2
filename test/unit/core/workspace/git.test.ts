import fs from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createGit } from "../../../../src/core/workspace/git.ts";
import { initRepository } from "../../../support/gitRepository.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

const never = new AbortController().signal;

describe("git", () => {
  it("answers, or says that it has no answer", async () => {
    const folder = temporaryFolder({ "a.ts": "1" });
    expect(await createGit(never).run(folder, "ls-files", "-z")).toBeUndefined();
    expect(await createGit(never).failure(folder)).toMatchObject({ missing: false });
    initRepository(folder);
    expect((await createGit(never).run(folder, "ls-files", "-z"))?.toString()).toBe("a.ts\0");
    expect(await createGit(never).failure(folder)).toBeUndefined();
  });

  it("tells a git that is not there from one that refuses", async () => {
    putOnPath(temporaryFolder());
    expect(await createGit(never).failure(temporaryFolder())).toMatchObject({ missing: true });
  });

  it.skipIf(process.platform === "win32")("is gone when its run is cancelled, however long it would take", async () => {
    const folder = temporaryFolder({ git: "#!/bin/sh\necho $$ > pid\nexec /bin/sleep 600\n" });
    fs.chmodSync(path.join(folder, "git"), 0o755);
    putOnPath(folder);
    const cancel = new AbortController();
    const answer = createGit(cancel.signal).run(folder, "ls-files", "-z");
    const pidFile = path.join(folder, "pid");
    while (!fs.existsSync(pidFile) || fs.readFileSync(pidFile, "utf8") === "") {
      await new Promise((resolve) => setImmediate(resolve));
    }
    cancel.abort(new Error("cancelled"));
    await expect(answer).rejects.toThrow("cancelled");
    const pid = Number(fs.readFileSync(pidFile, "utf8"));
    while (isAlive(pid)) await new Promise((resolve) => setImmediate(resolve));
  });
});

function putOnPath(folder: string): void {
  const before = process.env["PATH"];
  process.env["PATH"] = folder;
  onTestFinished(() => void (process.env["PATH"] = before));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
