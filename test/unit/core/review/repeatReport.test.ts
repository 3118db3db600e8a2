// Where nothing has changed the last report is the answer; whatever it rests on makes it fall.
import fs from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import type { RunEvent } from "../../../../src/shared/events.ts";
import type { Settings } from "../../../../src/shared/settings.ts";
import { checkReport, openEngine, openModelEngine, openSimulator } from "../../../support/engineFixture.ts";
import { requestFor, runWithEvents } from "../../../support/engineFixture.ts";
import { settle, SETTLED_FILES as FILES, settledWorkspace } from "../../../support/settledWorkspace.ts";
import { temporaryFolder, writeFiles } from "../../../support/temporaryFolder.ts";

async function reviewed(settings: Partial<Settings> = {}) {
  const folder = settledWorkspace();
  const storeFolder = temporaryFolder();
  const request = requestFor(folder);
  const engine = await openEngine({ settings: { storeFolder, ...settings } });
  const first = await runWithEvents(engine, request);
  return { folder, storeFolder, request, engine, first };
}

/** Whether the report that is stored is one that was told again. */
function wasRepeated(storeFolder: string): boolean {
  const db = new DatabaseSync(path.join(storeFolder, "onceover.db"), { readOnly: true });
  try {
    return db.prepare("SELECT repeated FROM reports").all()[0]?.["repeated"] !== null;
  } finally {
    db.close();
  }
}

/** What is told of each file, one by one or all at once. */
function filesTold(events: readonly RunEvent[]) {
  const told = events.flatMap((event) => {
    if (event.type === "file-end") {
      const { type: _type, runId: _runId, seq: _seq, monotonicMs: _ms, ...file } = event;
      return [file];
    }
    if (event.type !== "unchanged") return [];
    const { files, findings } = event.report;
    return files.map((file) => ({
      ...file,
      findings: findings.filter(({ path: at }) => at === file.path),
      summary: event.summaries[file.path] ?? null,
    }));
  });
  return told.toSorted((a, b) => a.path.localeCompare(b.path));
}

describe("a run over an unchanged workspace", () => {
  it("says what a run over stored answers says", async () => {
    const { engine, request, first, storeFolder } = await reviewed();
    expect(wasRepeated(storeFolder)).toBe(false);
    const again = await runWithEvents(engine, request);
    expect(wasRepeated(storeFolder)).toBe(true);
    checkReport(again.report);
    expect(again.report.findings).toEqual(first.report.findings);
    expect(again.report.findings.length).toBeGreaterThan(0);
    expect(again.report.suppressed).toEqual(first.report.suppressed);
    expect(again.report.suppressed.inline).toBe(1);
    // Long enough ago for the report to stand, and yet planned file by file.
    const db = new DatabaseSync(path.join(storeFolder, "onceover.db"));
    db.exec("UPDATE reports SET saved_at = 0");
    db.close();
    const planned = await runWithEvents(engine, request);
    expect(wasRepeated(storeFolder)).toBe(false);
    const bare = ({ report }: typeof again) => ({
      ...report,
      run: { ...report.run, id: "", startedAt: "", durationMs: 0 },
      latency: null,
      memory: null,
      // Nothing is looked up for a report that is told again.
      tools: null,
    });
    expect(bare(again)).toEqual(bare(planned));
    const counted = ({ events }: typeof again) =>
      events
        .filter(({ type }) => type === "snapshot" || type === "plan")
        .map((event) => ({ ...event, runId: "", seq: 0, monotonicMs: 0 }));
    expect(counted(again)).toEqual(counted(planned));
    expect(filesTold(again.events)).toEqual(filesTold(planned.events));
    expect(filesTold(again.events)).toHaveLength(4);
  });

  it("is what comes back after a reload", async () => {
    const { engine, request } = await reviewed();
    const again = await engine.run(request);
    expect(await engine.lastReport(request)).toEqual(again);
  });

  it("with a model sends nothing, and counts what was saved", async () => {
    const simulator = await openSimulator();
    const folder = temporaryFolder(FILES);
    settle(folder);
    const storeFolder = temporaryFolder();
    const engine = await openModelEngine(simulator, { storeFolder });
    await engine.run(requestFor(folder));
    const stored = await runWithEvents(engine, requestFor(folder));
    expect(wasRepeated(storeFolder)).toBe(false);
    const sent = simulator.requests.length;
    const repeated = await runWithEvents(engine, requestFor(folder));
    expect(wasRepeated(storeFolder)).toBe(true);
    expect(simulator.requests).toHaveLength(sent);
    expect(repeated.report.cost).toEqual(stored.report.cost);
    expect(repeated.report.cost.savedUsd).toBeGreaterThan(0);
    expect(repeated.report.cache).toEqual(stored.report.cache);
    expect(repeated.report.files).toEqual(stored.report.files);
    expect(filesTold(repeated.events)).toEqual(filesTold(stored.events));
    expect(filesTold(repeated.events).some(({ summary }) => summary)).toBe(true);
  });
});

describe("what such a run says of itself", () => {
  it("a daily budget that was switched off since is not in it", async () => {
    const simulator = await openSimulator();
    const request = requestFor(settledWorkspace());
    const storeFolder = temporaryFolder();
    const limited = await openModelEngine(simulator, { storeFolder, dailyBudgetUsd: 5 });
    await limited.run(request);
    expect((await limited.run(request)).cost.daily).toMatchObject({ limitUsd: 5 });
    await limited.dispose();
    const engine = await openModelEngine(simulator, { storeFolder, dailyBudgetUsd: null });
    const { report, events } = await runWithEvents(engine, request);
    expect(events.map(({ type }) => type)).toContain("unchanged");
    expect(report.cost.daily).toBeUndefined();
    expect((await engine.lastReport(request))!.cost.daily).toBeUndefined();
  });

  it("one that is cancelled when all is told has ended as its report says", async () => {
    const { engine, request } = await reviewed();
    const cancel = new AbortController();
    const events: RunEvent[] = [];
    const report = await engine.run(request, {
      signal: cancel.signal,
      onEvent(event) {
        events.push(event);
        if (event.type === "unchanged") cancel.abort();
      },
    });
    const { complete, stoppedBy, error } = report.run;
    expect(events.at(-1)).toMatchObject({ type: "run-end", stoppedBy, error });
    expect(complete).toBe(true);
  });
});

describe("the last report falls with", () => {
  const changes: Record<string, (folder: string) => void> = {
    "an edit": (folder) => writeFiles(folder, { "src/a.js": "export const a = 1;\n" }),
    "an edit whose time is set back": (folder) => {
      writeFiles(folder, { "src/a.js": FILES["src/a.js"].replace("x = 1", "x = 9") });
      settle(folder);
    },
    "a new file": (folder) => writeFiles(folder, { "src/c.js": "export const c = 1;\n" }),
    "a deleted file": (folder) => fs.rmSync(path.join(folder, "src/b.js")),
    "a renamed file": (folder) => fs.renameSync(path.join(folder, "src/b.js"), path.join(folder, "src/d.js")),
    "a baseline": (folder) =>
      writeFiles(folder, { ".onceover/baseline.json": '{ "schema": "onceover.baseline/1", "findings": [] }' }),
    "an ignore file": (folder) => writeFiles(folder, { ".onceoverignore": "src/b.js\n" }),
    "an ignore file of git's": (folder) => writeFiles(folder, { ".gitignore": "nothing\n" }),
  };
  it.each(Object.keys(changes))("%s", async (name) => {
    const { engine, request, folder, storeFolder } = await reviewed();
    changes[name]!(folder);
    checkReport(await engine.run(request));
    expect(wasRepeated(storeFolder)).toBe(false);
  });

  it.each<[string, Partial<Settings>]>([
    ["the least severity", { minimumSeverity: "error" }],
    ["what is left out", { exclude: ["src/b.js"] }],
    ["the largest file", { maxFileKb: 1 }],
    ["a run without the cache", { useCache: false }],
  ])("another setting: %s", async (_, settings) => {
    const { request, storeFolder } = await reviewed();
    await (await openEngine({ settings: { storeFolder, ...settings } })).run(request);
    expect(wasRepeated(storeFolder)).toBe(false);
  });

  it("a dismissal, trust, and a cleared cache", async () => {
    const { engine, request, first, storeFolder } = await reviewed();
    const { id, path: file, rule, title } = first.report.findings[0]!;
    await engine.dismissals.add(request, [{ id, path: file, rule, title, reason: "wont-fix", note: "" }]);
    expect((await engine.run(request)).findings).toHaveLength(first.report.findings.length - 1);
    expect(wasRepeated(storeFolder)).toBe(false);
    await engine.run({ ...request, trusted: false });
    expect(wasRepeated(storeFolder)).toBe(false);
    await engine.run(request);
    await engine.cache.clear();
    expect((await engine.run(request)).coverage.cached).toBe(0);
  });

  it("a file that could change within the clock's granularity", async () => {
    const { engine, request, folder, storeFolder } = await reviewed();
    const file = path.join(folder, "src/a.js");
    const ahead = new Date(Date.now() + 3_600_000);
    fs.utimesSync(file, ahead, ahead);
    await engine.run(request);
    await engine.run(request);
    expect(wasRepeated(storeFolder)).toBe(false);
  });

  it("a run about some files", async () => {
    const { engine, request, storeFolder } = await reviewed();
    await engine.run({ ...request, only: ["src/a.js"] });
    expect(wasRepeated(storeFolder)).toBe(false);
    await engine.run(request);
    await engine.run({ ...request, under: ["src"] });
    expect(wasRepeated(storeFolder)).toBe(false);
  });
});
