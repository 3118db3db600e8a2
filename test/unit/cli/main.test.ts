import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";

const MAIN = path.resolve("src/cli/main.ts");

function start(argv: readonly string[], nodeFlags: readonly string[] = []) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...nodeFlags, MAIN, ...argv], { encoding: "utf8" });
  return { status, stdout, stderr };
}

test("the entry runs as a process", () => {
  expect(start(["--version"])).toEqual({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), stderr: "" });
  expect(start(["analyze", "nowhere"])).toMatchObject({ status: 2, stdout: "" });
});

test.each(["20.20.2", "22.14.0"])("Node %s gets one clear line, before anything is imported", (version) => {
  const old = `data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"${version}"}});
    import{registerHooks}from"node:module";
    registerHooks({resolve(what,context,next){if(what.includes("runProcess"))throw new Error("imported");return next(what,context)}});`;
  const { status, stdout, stderr } = start(["analyze"], ["--import", old]);
  expect(stderr).toMatch(/^onceover needs Node 22\.15 or later; this is v[\d.]+\. Install a newer one\.\n$/);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
});
