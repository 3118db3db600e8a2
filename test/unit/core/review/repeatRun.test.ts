// A report is told again without a look at the files: their caller answers for them, the store for all else.
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Engine, HeldReport, RunRequest } from "../../../../src/core/engine.ts";
import type { RunEvent } from "../../../../src/shared/events.ts";
import type { Settings } from "../../../../src/shared/settings.ts";
import { checkReport, openEngine, openModelEngine, openSimulator } from "../../../support/engineFixture.ts";
import { requestFor, runWithEvents } from "../../../support/engineFixture.ts";
import { settle, settledWorkspace } from "../../../support/settledWorkspace.ts";
import { temporaryFolder, writeFiles } from "../../../support/temporaryFolder.ts";

function heldBy(events: readonly RunEvent[]): HeldReport {
  const end = events.at(-1)!;
  if (end.type !== "run-end") throw new Error("The run has not ended.");
  const ended = events.flatMap((event) => (event.type === "file-end" && event.summary ? [event] : []));
  return { report: end.report, summaries: Object.fromEntries(ended.map(({ path: at, summary }) => [at, summary!])) };
}

async function reviewed(settings: Partial<Settings> = {}) {
  const folder = settledWorkspace();
  const storeFolder = temporaryFolder();
  const request = requestFor(folder);
  const engine = await openEngine({ settings: { storeFolder, ...settings } });
  const held = heldBy((await runWithEvents(engine, request)).events);
  return { folder, storeFolder, request, engine, held };
}

async function repeat(engine: Engine, request: RunRequest, held: HeldReport) {
  const events: RunEvent[] = [];
  const report = await engine.repeat(request, held, { onEvent: (event) => events.push(event) });
  return { report, events };
}

describe("a report that is told again", () => {
  it("is the one that a run tells which looks at the files", async () => {
    const { engine, request, held } = await reviewed();
    const again = await repeat(engine, request, held);
    const looked = await runWithEvents(engine, request);
    checkReport(again.report!);
    const bare = (report: typeof looked.report) => ({ ...report, run: null, latency: null, memory: null });
    expect(bare(again.report!)).toEqual(bare(looked.report));
    const types = (events: readonly RunEvent[]) => events.map(({ type }) => type).filter((type) => type !== "phase");
    expect(types(again.events)).toEqual(types(looked.events));
    expect(types(again.events)).toEqual(["run-start", "snapshot", "plan", "unchanged", "run-end"]);
    expect(await engine.lastReport(request)).toEqual(looked.report);
  });

  it("says what of the repository's own say does not count, as that one does", async () => {
    const { engine, request, folder } = await reviewed();
    writeFiles(folder, { ".onceover/baseline.json": "nonsense" });
    settle(folder);
    const notices = (events: readonly RunEvent[]) =>
      events.flatMap((event) => (event.type === "notice" ? event.message : []));
    const { events } = await runWithEvents(engine, request);
    expect(notices(events)).toHaveLength(1);
    expect(notices((await repeat(engine, request, heldBy(events))).events)).toEqual(notices(events));
  });

  it("any number of times, and each is the store's last", async () => {
    const { engine, request, held } = await reviewed();
    const second = (await repeat(engine, request, held)).report!;
    // The first one is not the last any more.
    expect((await repeat(engine, request, held)).report).toBeNull();
    const third = (await repeat(engine, request, { ...held, report: second })).report!;
    expect(third.run.id).not.toBe(second.run.id);
    // Nothing about the files is made anew.
    expect(third.files).toBe(second.files);
    expect((await engine.lastReport(request))!.run.id).toBe(third.run.id);
  });

  it("with a model brings its summaries, sends nothing and costs nothing", async () => {
    const simulator = await openSimulator();
    const request = requestFor(settledWorkspace());
    const engine = await openModelEngine(simulator);
    await engine.run(request);
    const sent = simulator.requests.length;
    const held = heldBy((await runWithEvents(engine, request)).events);
    expect(Object.keys(held.summaries)).not.toEqual([]);
    const { report, events } = await repeat(engine, request, held);
    expect(report!.cost).toMatchObject({ usd: 0, maybeBilledUsd: 0 });
    expect(report!.cost.savedUsd).toBeGreaterThan(0);
    expect(events.find(({ type }) => type === "unchanged")).toMatchObject({ summaries: held.summaries });
    expect(simulator.requests).toHaveLength(sent);
  });
});

describe("it is not told again, and nothing is begun,", () => {
  const refused = async (engine: Engine, request: RunRequest, held: HeldReport) => {
    const { report, events } = await repeat(engine, request, held);
    return report === null && events.length === 0;
  };

  it("when something was dismissed since, here or by the team", async () => {
    const { engine, request, held, folder } = await reviewed();
    const { id, path: file, rule, title } = held.report.findings[0]!;
    await engine.dismissals.add(request, [{ id, path: file, rule, title, reason: "wont-fix", note: "" }]);
    expect(await refused(engine, request, held)).toBe(true);
    await engine.dismissals.remove(request, [{ id, path: file, rule }]);
    expect(await refused(engine, request, held)).toBe(false);
    const again = heldBy((await runWithEvents(engine, request)).events);
    writeFiles(folder, { ".onceoverignore": "src/b.js\n" });
    expect(await refused(engine, request, again)).toBe(true);
  });

  it("when another window has reviewed the workspace since", async () => {
    const { engine, request, held, storeFolder } = await reviewed();
    await (await openEngine({ settings: { storeFolder } })).run(request);
    expect(await refused(engine, request, held)).toBe(true);
  });

  it.each<[string, Partial<RunRequest>]>([
    ["some files", { only: ["src/a.js"] }],
    ["a folder", { under: ["src"] }],
    ["changes", { since: "HEAD" }],
    ["a workspace that is not trusted", { trusted: false }],
  ])("for a request about %s", async (_, patch) => {
    const { engine, request, held } = await reviewed();
    expect(await refused(engine, { ...request, ...patch }, held)).toBe(true);
  });

  it("by an engine that has not looked at the files itself, after a run about some, and once all is cleared", async () => {
    const { engine, request, held, storeFolder } = await reviewed();
    expect(await refused(await openEngine({ settings: { storeFolder } }), request, held)).toBe(true);
    await engine.run({ ...request, only: ["src/a.js"] });
    expect(await refused(engine, request, held)).toBe(true);
    const again = heldBy((await runWithEvents(engine, request)).events);
    await engine.cache.clear();
    expect(await refused(engine, request, again)).toBe(true);
  });

  it("when the cache is not to be used, or a file could have changed unseen", async () => {
    const uncached = await reviewed({ useCache: false });
    expect(await refused(uncached.engine, uncached.request, uncached.held)).toBe(true);
    const folder = temporaryFolder({ "a.js": "let a = 1;\n" });
    const engine = await openEngine();
    const { events } = await runWithEvents(engine, requestFor(folder));
    expect(await refused(engine, requestFor(folder), heldBy(events))).toBe(true);
  });
});

describe("isUnchanged", () => {
  it("looks at the files", async () => {
    const { engine, request, folder } = await reviewed();
    expect(await engine.isUnchanged(request)).toBe(true);
    writeFiles(folder, { [path.join("src", "new.js")]: "let a;\n" });
    expect(await engine.isUnchanged(request)).toBe(false);
  });

  it("says nothing of a report that is cleared or erased meanwhile", async () => {
    const { engine, request } = await reviewed();
    await engine.cache.clear();
    expect(await engine.isUnchanged(request)).toBe(true);
    await engine.run(request);
    await engine.eraseAll();
    expect(await engine.isUnchanged(request)).toBe(true);
  });
});
