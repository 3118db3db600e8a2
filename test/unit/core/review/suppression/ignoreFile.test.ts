// What a team ignores stands in its repository, and counts where that is trusted.
import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  parseIgnoreFile,
  readIgnoreFile,
  renderIgnoreFile,
  type IgnoredEntry,
} from "../../../../../src/core/review/suppression/ignoreFile.ts";
import { openEngine, requestFor, runWithEvents } from "../../../../support/engineFixture.ts";
import { temporaryFolder, writeFiles } from "../../../../support/temporaryFolder.ts";

const DEFECT = "export function f(a: number) {\n  if (a > 1 && a > 1) {\n    return 1;\n  }\n  return 2;\n}\n";
const FILE = ".onceover/ignore.json";

const entry = fc.record<IgnoredEntry>({
  path: fc.string({ minLength: 1 }),
  id: fc.option(fc.string(), { nil: null }),
  rule: fc.string({ minLength: 1 }),
  title: fc.string(),
  reason: fc.constantFrom("false-positive", "wont-fix", "later"),
  note: fc.string(),
  since: fc.constant("2026-11-21T10:00:00.000Z"),
});

describe("the ignore file", () => {
  it("reads what it writes, in an order of its own", () => {
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const text = renderIgnoreFile(entries);
        expect(parseIgnoreFile(text)).toHaveLength(entries.length);
        expect(parseIgnoreFile(text)).toEqual(expect.arrayContaining(entries));
        expect(renderIgnoreFile(parseIgnoreFile(text))).toBe(text);
      }),
    );
  });

  it.each([
    ["nonsense", "not valid JSON"],
    ["null", "schema"],
    ['{ "schema": "onceover.ignore/2", "ignored": [] }', "schema"],
    ['{ "schema": "onceover.ignore/1", "ignored": {} }', "not a list"],
    ['{ "schema": "onceover.ignore/1", "ignored": [null] }', "entry 1: its path"],
    ['{ "schema": "onceover.ignore/1", "ignored": [{ "path": "a", "rule": "r", "id": 1 }] }', "entry 1: its id"],
    ['{ "schema": "onceover.ignore/1", "ignored": [{ "path": "a", "rule": "r", "id": null }] }', "its reason"],
  ])("says what is wrong: %s", (text, problem) => {
    const folder = temporaryFolder({ [FILE]: text });
    const read = readIgnoreFile(folder);
    expect(read.entries).toEqual([]);
    expect(read.problem).toContain(problem);
  });

  it("is not followed out of the folder", () => {
    const outside = temporaryFolder({ "ignore.json": renderIgnoreFile([]) });
    const folder = temporaryFolder({ ".onceover/other": "" });
    fs.symlinkSync(path.join(outside, "ignore.json"), path.join(folder, FILE));
    expect(readIgnoreFile(folder).problem).not.toBeNull();
  });
});

async function ignoredWorkspace() {
  const folder = temporaryFolder({ "a.ts": DEFECT });
  const request = requestFor(folder);
  const engine = await openEngine();
  const [finding] = (await engine.run(request)).findings;
  const { id, path: file, rule, title } = finding!;
  const dismissal = { id, path: file, rule, title, reason: "wont-fix", note: "known" } as const;
  const text = () => fs.readFileSync(path.join(folder, FILE), "utf8");
  return { folder, request, engine, dismissal, text };
}

describe("sharing what is ignored", () => {
  it("moves it to the repository, where it counts for another machine that trusts it", async () => {
    const { request, engine, dismissal, text } = await ignoredWorkspace();
    await engine.dismissals.add(request, [dismissal]);
    expect(await engine.dismissals.list(request)).toMatchObject([{ isShared: false }]);
    expect(await engine.dismissals.share(request.folders)).toBe(1);
    expect(await engine.dismissals.share(request.folders)).toBe(0);
    expect(await engine.dismissals.list(request)).toMatchObject([{ ...dismissal, isShared: true, author: "" }]);
    expect(JSON.parse(text())).toMatchObject({ schema: "onceover.ignore/1", ignored: [dismissal] });
    expect((await engine.lastReport(request))?.findings).toEqual([]);

    const another = await openEngine();
    expect(await another.run(request)).toMatchObject({ findings: [], suppressed: { dismissed: 1 } });
    const untrusted = { ...request, trusted: false };
    expect((await another.run(untrusted)).findings).toHaveLength(1);
    expect(await another.dismissals.list(untrusted)).toEqual([]);
    // Having it back takes it out of the file.
    expect(await another.dismissals.remove(request, [dismissal])).toBe(1);
    expect((await another.run(request)).findings).toHaveLength(1);
    expect(JSON.parse(text())).toMatchObject({ ignored: [] });
  });

  it("puts what is ignored later where the rest is, each folder's in its own", async () => {
    const { folder, engine, dismissal, text } = await ignoredWorkspace();
    const other = temporaryFolder({ "a.ts": DEFECT });
    const folders = [
      { path: folder, prefix: "one/" },
      { path: other, prefix: "two/" },
    ];
    writeFiles(folder, { [FILE]: renderIgnoreFile([]) });
    const both = { folders, trusted: true };
    await engine.dismissals.add(both, [
      { ...dismissal, path: "one/a.ts" },
      { ...dismissal, path: "two/a.ts" },
    ]);
    expect(JSON.parse(text())).toMatchObject({ ignored: [{ path: "a.ts" }] });
    expect(fs.existsSync(path.join(other, FILE))).toBe(false);
    const listed = await engine.dismissals.list(both);
    expect(listed.map((one) => [one.path, one.isShared])).toEqual([
      ["two/a.ts", false],
      ["one/a.ts", true],
    ]);
    expect(await engine.run(both)).toMatchObject({ findings: [], suppressed: { dismissed: 2 } });
  });

  it("leaves a file that does not count as it is, and says so", async () => {
    const { folder, request, engine, dismissal, text } = await ignoredWorkspace();
    writeFiles(folder, { [FILE]: "<<<<<<< ours\n" });
    const { report, events } = await runWithEvents(engine, request);
    expect(report.findings).toHaveLength(1);
    expect(events).toContainEqual(expect.objectContaining({ type: "notice", message: expect.stringContaining(FILE) }));
    await engine.dismissals.add(request, [dismissal]);
    expect(await engine.dismissals.list(request)).toMatchObject([{ isShared: false }]);
    await expect(engine.dismissals.share(request.folders)).rejects.toMatchObject({ code: "usage" });
    expect(await engine.dismissals.list(request)).toHaveLength(1);
    expect(text()).toBe("<<<<<<< ours\n");
  });
});
