import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Report } from "../../../../src/shared/report.ts";
import { openModelEngine, openSimulator, requestFor } from "../../../support/engineFixture.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

const FILES = {
  "src/lib.ts": `export function parse(text: string): number[] {\n  return text.split(",").map(Number);\n}\n`,
  "src/user.ts": `import { parse } from "./lib.ts";\nexport const total = (text: string) => parse(text).length;\n`,
  "src/alone.ts": `export const alone = 1;\n`,
  "out/made.ts": `export const made = 1;\n`,
  ".gitignore": "out/\n",
};

async function reviewedWorkspace() {
  const simulator = await openSimulator();
  const engine = await openModelEngine(simulator);
  const folder = temporaryFolder(FILES);
  const first = await engine.run(requestFor(folder));
  const edit = (file: string, from: string, to: string) => {
    const at = path.join(folder, file);
    const text = fs.readFileSync(at, "utf8");
    expect(text).toContain(from);
    fs.writeFileSync(at, text.replace(from, to));
  };
  const stale = async (...only: string[]) =>
    (await engine.estimate(requestFor(folder, { only, onSave: "model" }))).pending
      .map(({ path: file }) => file)
      .toSorted();
  return { simulator, engine, folder, first, edit, stale };
}

describe("what a save makes stale", () => {
  it("is the file itself, and those that use what changed its signature in it", async () => {
    const { edit, stale } = await reviewedWorkspace();
    expect(await stale("src/lib.ts")).toEqual([]);
    edit("src/lib.ts", "map(Number)", "map(parseFloat)");
    expect(await stale("src/lib.ts")).toEqual(["src/lib.ts"]);
    edit("src/lib.ts", "text: string)", "text: string, base?: number)");
    expect(await stale("src/lib.ts")).toEqual(["src/lib.ts", "src/user.ts"]);
  });

  it("is not what is stale for another reason, new, or ignored", async () => {
    const { edit, stale, folder } = await reviewedWorkspace();
    edit("src/alone.ts", "= 1", "= 2");
    fs.writeFileSync(path.join(folder, "src/new.ts"), "export const unseen = 1;\n");
    edit("src/lib.ts", "text: string)", "text: string, base?: number)");
    expect(await stale("src/lib.ts", "out/made.ts")).toEqual(["src/lib.ts", "src/user.ts"]);
    expect(await stale("out/made.ts")).toEqual([]);
  });

  it("is not everything when what all requests carry has changed", async () => {
    const { stale, folder } = await reviewedWorkspace();
    fs.mkdirSync(path.join(folder, ".onceover"));
    fs.writeFileSync(path.join(folder, ".onceover/rules.md"), "Prefer short names.\n");
    expect(await stale(".onceover/rules.md")).toEqual([]);
  });
});

const ofFile = ({ findings }: Report, file: string, source?: "model" | "offline") =>
  findings.filter((one) => one.path === file && (source === undefined || one.source === source));

describe("a check on save", () => {
  it("by the model pays for what is stale alone, and the stored report stays the last run's", async () => {
    const { engine, edit, folder, first, simulator } = await reviewedWorkspace();
    edit("src/lib.ts", "map(Number)", "map(parseFloat)");
    const sent = simulator.requests.length;
    const only = ["src/lib.ts", "out/made.ts"];
    const report = await engine.run(requestFor(folder, { only, onSave: "model" }));
    expect(report.coverage).toMatchObject({ files: 1, reviewed: 1 });
    expect(simulator.requests).toHaveLength(sent + 1);
    const stored = await engine.lastReport(requestFor(folder));
    expect(stored?.run).toEqual(first.run);
    expect(stored?.cost).toEqual(first.cost);
    expect(stored?.coverage.files).toBe(first.coverage.files);
    expect(stored && ofFile(stored, "src/lib.ts")).toEqual(ofFile(report, "src/lib.ts"));
    expect(stored && ofFile(stored, "src/user.ts")).toEqual(ofFile(first, "src/user.ts"));
  });

  it("by the offline engine sends nothing, and what a model found moves with its code or goes with it", async () => {
    const { engine, edit, folder, first, simulator } = await reviewedWorkspace();
    const before = ofFile(first, "src/lib.ts", "model");
    expect(before.length).toBeGreaterThan(0);
    const sent = simulator.requests.length;
    const check = async () => {
      await engine.run(requestFor(folder, { only: ["src/lib.ts"], onSave: "offline" }));
      return ofFile((await engine.lastReport(requestFor(folder)))!, "src/lib.ts");
    };
    edit("src/lib.ts", "export function", "// one more line\neval(name);\nexport function");
    const after = await check();
    expect(after.filter(({ source }) => source === "offline").map(({ rule }) => rule)).toContain("dynamic-code");
    const moved = after.filter(({ source }) => source === "model");
    expect(moved.map(({ id, startLine }) => [id, startLine])).toEqual(
      before.map(({ id, startLine }) => [id, startLine + 2]),
    );
    fs.writeFileSync(path.join(folder, "src/lib.ts"), "export const gone = true;\n");
    expect(await check()).toEqual([]);
    expect(simulator.requests).toHaveLength(sent);
  });

  it("that could not review leaves the file as it was", async () => {
    const { engine, edit, folder, first, simulator } = await reviewedWorkspace();
    edit("src/alone.ts", "alone = 1", "alone = 1; // more");
    await simulator.stopListening();
    const report = await engine.run(requestFor(folder, { only: ["src/alone.ts"], onSave: "model" }));
    expect(report.run).toMatchObject({ complete: false, stoppedBy: "error" });
    const stored = await engine.lastReport(requestFor(folder));
    expect(stored?.files.map(({ path: file, status }) => [file, status])).toEqual(
      first.files.map(({ path: file, status }) => [file, status]),
    );
  });
});
