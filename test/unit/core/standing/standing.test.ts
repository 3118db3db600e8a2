// What a process answers without the engine is what the engine would answer, and nothing where that has changed.
import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Engine } from "../../../../src/core/engine.ts";
import type { Clock } from "../../../../src/core/ports.ts";
import { findStanding, standingQuestion } from "../../../../src/core/standing/standingAnswer.ts";
import { renderEntries, renderJson } from "../../../../src/core/export/jsonReporter.ts";
import { systemClock } from "../../../../src/core/systemPorts.ts";
import type { Report } from "../../../../src/shared/report.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../../../src/shared/settings.ts";
import { checkReport, openEngine, openModelEngine, openSimulator, requestFor } from "../../../support/engineFixture.ts";
import { runGit } from "../../../support/gitRepository.ts";
import { settle, SETTLED_FILES as FILES, settledWorkspace } from "../../../support/settledWorkspace.ts";
import { temporaryFolder, writeFiles } from "../../../support/temporaryFolder.ts";

const HOUR_MS = 3_600_000;
/** Later than any file was written: what git and the file system cannot tell apart is not what these tests are about. */
const now = () => Date.now() + 10_000;

type Open = (options: { readonly settings: Settings; readonly clock: Clock }) => Promise<Engine>;

async function workspace(own: Partial<Settings> = {}, open: Open = openEngine) {
  const folder = settledWorkspace();
  const settings: Settings = { ...DEFAULT_SETTINGS, refuter: false, storeFolder: temporaryFolder(), ...own };
  const opened = await open({ settings, clock: { ...systemClock, now } });
  let last: Report | undefined;
  const engine: Engine = { ...opened, run: async (...asked) => (last = await opened.run(...asked)) };
  const request = requestFor(folder);
  const asked = { folder: request.folders[0]!, settings, question: standingQuestion(request.folders[0]!, settings) };
  const find = (atMs = now) => findStanding({ ...asked, now: atMs, monotonicMs: () => performance.now() });
  const keep = () => engine.keepStanding(request, asked.question, last!);
  return { folder, engine, request, settings, find, keep };
}

/** Without what every run has of its own. */
function bare(report: Report) {
  const { run, coverage, suppressed, files, findings, refuted, usage, cost, cache } = report;
  const { id: _id, startedAt: _startedAt, durationMs: _durationMs, ...same } = run;
  return { run: same, coverage, suppressed, files, findings, refuted, usage, cost, cache };
}

describe("an answer that stands", () => {
  it("is the report of a run that finds nothing changed", async () => {
    const { engine, request, find, keep } = await workspace();
    expect(await find()).toBeUndefined();
    const first = await engine.run(request);
    expect(await find()).toBeUndefined();
    await keep();
    const answer = await find();
    const told = await engine.run(request);
    checkReport(answer!.report);
    expect(bare(answer!.report)).toEqual(bare(told));
    expect(answer!.report.findings).toEqual(first.findings);
    expect(answer!.report.findings.length).toBeGreaterThan(0);
    expect(answer!.report.run.id).not.toBe(first.run.id);
    expect((await find())!.report.run.id).not.toBe(answer!.report.run.id);
    // As text it is what the whole report would be written as.
    const written = [...renderEntries(answer!.entries)].map((piece) => Buffer.from(piece).toString("utf8"));
    expect(written.join("")).toBe([...renderJson(answer!.report)].join(""));
  });

  it("is the same for a model's reviews, which cost nothing again", async () => {
    const simulator = await openSimulator();
    const own = { provider: "openai", model: simulator.model, baseUrl: simulator.url } as const;
    const { engine, request, find, keep } = await workspace(own, ({ settings, clock }) =>
      openModelEngine(simulator, settings, { clock }),
    );
    const paid = await engine.run(request);
    expect(paid.cost.usd).toBeGreaterThan(0);
    await keep();
    // What was saved by caches is another sum after a run that paid.
    expect(await find()).toBeUndefined();
    await engine.run(request);
    await keep();
    const { report } = (await find())!;
    expect(bare(report)).toEqual(bare(await engine.run(request)));
    expect(report.cost.usd).toBe(0);
    expect(report.findings.some(({ source }) => source === "model")).toBe(true);
  });

  type World = Awaited<ReturnType<typeof workspace>>;
  const ENDS: Record<string, (world: World) => unknown> = {
    "a file changes": ({ folder }) => fs.appendFileSync(path.join(folder, "src/a.js"), "a();\n"),
    "a file is new": ({ folder }) => writeFiles(folder, { "new.js": "1;\n" }),
    "a finding is dismissed": async ({ engine, request }) => {
      const { id, path: file, rule, title } = (await engine.lastReport(request))!.findings[0]!;
      await engine.dismissals.add(request, [{ id, path: file, rule, title, reason: "wont-fix", note: "" }]);
    },
    "a dismissal is taken back": ({ engine, request }) => engine.dismissals.remove(request, []),
    "dismissals are shared": ({ engine, request }) => engine.dismissals.share(request.folders),
    "the store is cleared": ({ engine }) => engine.cache.clear(),
    "everything is erased": ({ engine }) => engine.eraseAll(),
    "some files are reviewed by themselves": ({ engine, request }) => engine.run({ ...request, only: ["src/a.js"] }),
  };
  for (const [name, end] of Object.entries(ENDS)) {
    it(`ends when ${name}`, async () => {
      const world = await workspace();
      await world.engine.run(world.request);
      await world.keep();
      expect(await world.find()).toBeDefined();
      await end(world);
      expect(await world.find()).toBeUndefined();
    });
  }

  it("ends after a day, and is none before its own time", async () => {
    const { engine, request, find, keep } = await workspace();
    await engine.run(request);
    await keep();
    expect(await find(() => now() + 23 * HOUR_MS)).toBeDefined();
    expect(await find(() => now() + 25 * HOUR_MS)).toBeUndefined();
    expect(await find(() => now() - HOUR_MS)).toBeUndefined();
  });

  it("is another one for other settings", async () => {
    const { request, settings } = await workspace();
    const folder = request.folders[0]!;
    const question = standingQuestion(folder, settings);
    expect(standingQuestion(folder, { ...settings })).toBe(question);
    expect(standingQuestion(folder, { ...settings, exclude: ["src"] })).not.toBe(question);
    expect(standingQuestion({ ...folder, prefix: "p/" }, settings)).not.toBe(question);
  });

  it("is not kept where files changed after the report, even if they are as they were for git", async () => {
    const { folder, engine, request, find, keep } = await workspace();
    await engine.run(request);
    const file = path.join(folder, "src/a.js");
    fs.writeFileSync(file, "changed();\n");
    fs.writeFileSync(file, FILES["src/a.js"]);
    await keep();
    expect(await find()).toBeUndefined();
  });

  it("is not kept for several folders, nor where nobody trusts them", async () => {
    const { engine, request, settings, find } = await workspace();
    const question = standingQuestion(request.folders[0]!, settings);
    const report = await engine.run(request);
    await engine.keepStanding({ ...request, trusted: false }, question, report);
    expect(await find()).toBeUndefined();
    await engine.keepStanding(
      { ...request, folders: [...request.folders, { path: temporaryFolder(), prefix: "b/" }] },
      question,
      report,
    );
    expect(await find()).toBeUndefined();
  });

  it("ends with its database", async () => {
    const { engine, request, settings, find, keep } = await workspace();
    await engine.run(request);
    await keep();
    expect(await find()).toBeDefined();
    fs.renameSync(path.join(settings.storeFolder!, "onceover.db"), path.join(temporaryFolder(), "elsewhere.db"));
    expect(await find()).toBeUndefined();
  });

  it("is not kept where a dismissal speaks of a file that the report does not know", async () => {
    const { folder, engine, request, find, keep } = await workspace();
    const { id, rule, title } = (await engine.run(request)).findings[0]!;
    writeFiles(folder, { ".gitignore": "gen\n", "gen/b.js": "1;\n" });
    await engine.dismissals.add(request, [{ id, path: "gen/b.js", rule, title, reason: "wont-fix", note: "" }]);
    settle(folder);
    await engine.run(request);
    await keep();
    expect(await find()).toBeUndefined();
  });

  it("is neither kept nor given when its caller has gone", async () => {
    const { engine, request, settings, find, keep } = await workspace();
    const folder = request.folders[0]!;
    const report = await engine.run(request);
    await engine.keepStanding(request, standingQuestion(folder, settings), report, AbortSignal.abort());
    expect(await find()).toBeUndefined();
    await keep();
    expect(await find()).toBeDefined();
    const question = standingQuestion(folder, settings);
    const gone = { folder, settings, question, now, monotonicMs: () => 0, signal: AbortSignal.abort() };
    expect(await findStanding(gone)).toBeUndefined();
  });

  it("does no harm where nothing can be written", async () => {
    const { engine, request, settings, find, keep } = await workspace();
    await engine.run(request);
    writeFiles(settings.storeFolder!, { standing: "a file in the folder's place" });
    await keep();
    expect(await find()).toBeUndefined();
    checkReport(await engine.run(request));
  });

  it("is never another one than a run's, whatever happens to the files", async () => {
    const { folder, engine, request, find, keep } = await workspace();
    let answered = 0;
    const names = ["src/a.js", "src/b.js", "new.js", ".onceoverignore"];
    const texts = [FILES["src/a.js"], FILES["src/b.js"], "x = 1;\n", "src/b.js\n"];
    const step = fc.oneof(
      fc.record({ do: fc.constant("write"), name: fc.nat(names.length - 1), text: fc.nat(texts.length - 1) }),
      fc.record({ do: fc.constant("remove"), name: fc.nat(names.length - 1) }),
      fc.record({ do: fc.constantFrom("add", "stash", "nothing", "run", "run") }),
    );
    const carryOut = async (one: { do: string; name?: number; text?: number }) => {
      const file = path.join(folder, names[one.name ?? 0]!);
      if (one.do === "write") fs.writeFileSync(file, texts[one.text ?? 0]!);
      else if (one.do === "remove") fs.rmSync(file, { force: true });
      else if (one.do === "add") runGit(folder, "add", "-A");
      else if (one.do === "stash") runGit(folder, "stash", "-q", "-u");
      else if (one.do === "run") {
        settle(folder);
        await engine.run(request);
        await keep();
      }
    };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        for (const one of steps) {
          await carryOut(one);
          const answer = await find();
          if (!answer) continue;
          answered++;
          const { findings, coverage } = await engine.run(request);
          expect(answer.report.findings).toEqual(findings);
          expect(answer.report.coverage.files).toBe(coverage.files);
        }
      }),
      { numRuns: 25, seed: 20 },
    );
    expect(answered).toBeGreaterThan(5);
  });
});
