import * as z from "zod";
import { expect, test } from "vitest";
import { defineTool, type Tool, type ToolAccess } from "../../../../src/core/tools/tool.ts";
import { createFakeClock } from "../../../support/fakeClock.ts";
import { temporaryFolder, writeFiles } from "../../../support/temporaryFolder.ts";
import { ask, failureOf, openPlainTools } from "../../../support/toolsFixture.ts";

type Run = (parameters: { word: string; count?: number | undefined }, access: ToolAccess) => Promise<unknown>;

function toolOf(run: Run, patch: Partial<Tool> = {}): Tool {
  return {
    ...defineTool({
      name: "probe",
      description: "For tests.",
      parameters: z.strictObject({ word: z.string(), count: z.number().default(1) }),
      reads: ["files"],
      ttlMs: 60_000,
      run,
    }),
    ...patch,
  };
}

function opened(run: Run, patch: Partial<Tool> = {}, maxCacheBytes?: number) {
  const clock = createFakeClock();
  const folder = temporaryFolder({ "a.txt": "one" });
  const size = maxCacheBytes === undefined ? {} : { maxCacheBytes };
  return { clock, folder, tools: openPlainTools(folder, { clock, tools: [toolOf(run, patch)], ...size }) };
}

/** Runs end when the test says so. */
function heldRuns() {
  const runs: { readonly signal: AbortSignal; finish(value: unknown): void }[] = [];
  const waiters: (() => void)[] = [];
  const run: Run = (_, { signal }) => {
    const { promise, resolve } = Promise.withResolvers();
    runs.push({ signal, finish: resolve });
    for (const wake of waiters.splice(0)) wake();
    return promise;
  };
  const started = async (count: number) => {
    while (runs.length < count) await new Promise<void>((wake) => void waiters.push(wake));
  };
  return { runs, run, started };
}

test("the order of parameters and spelled-out defaults make no other question", async () => {
  let runs = 0;
  const { tools } = opened(async ({ word, count }) => ({ word, count, runs: ++runs }));
  await ask(tools, "probe", { word: "a", count: 1 });
  expect(await ask(tools, "probe", { count: 1, word: "a" })).toMatchObject({ source: "cached", result: { runs: 1 } });
  expect(await ask(tools, "probe", { word: "a" })).toMatchObject({ source: "cached" });
  expect(await ask(tools, "probe", { word: "b" })).toMatchObject({ source: "made", result: { runs: 2 } });
});

test("unknown tools and parameters are refused in words, and counted as failures", async () => {
  const { tools } = opened(async () => 1);
  await expect(tools.call("prob", {})).rejects.toMatchObject({ code: "usage", advice: "Tools: probe." });
  await expect(tools.call("probe", { word: 1 })).rejects.toMatchObject({ code: "usage", message: /word/ });
  expect(await failureOf(tools, "probe", { word: "a", more: true })).toBe("usage");
  expect(tools.figures().tools).toMatchObject([{ name: "probe", calls: 2, failures: 2, hits: 0 }]);
});

test("who asks the same at the same time shares one run; who leaves does not end it for the others", async () => {
  const { run, runs, started } = heldRuns();
  const { tools } = opened(run);
  const leaving = new AbortController();
  const first = tools.call("probe", { word: "a" }, leaving.signal);
  await started(1);
  const second = tools.call("probe", { word: "a" });
  const left = expect(first).rejects.toMatchObject({ code: "cancelled" });
  // The second one has to be on board: it looks into the cache first.
  await new Promise((turn) => setImmediate(turn));
  leaving.abort();
  await left;
  expect(runs[0]!.signal.aborted).toBe(false);
  runs[0]!.finish("done");
  expect(await second).toMatchObject({ json: '"done"', source: "shared" });
  expect(runs).toHaveLength(1);
});

test("a run that took off before the question does not answer it with what was there before", async () => {
  const { run, runs, started } = heldRuns();
  const { tools, folder } = opened(async (parameters, access) => {
    const { text } = await access.read("a.txt");
    await run(parameters, access);
    return text;
  });
  const first = tools.call("probe", { word: "a" });
  await started(1);
  writeFiles(folder, { "a.txt": "two" });
  const second = tools.call("probe", { word: "a" });
  await new Promise((turn) => setImmediate(turn));
  runs[0]!.finish(0);
  expect((await first).json).toBe('"one"');
  await started(2);
  runs[1]!.finish(0);
  expect(await second).toMatchObject({ json: '"two"', source: "made" });
});

test("nor does its failure", async () => {
  const { run, runs, started } = heldRuns();
  const { tools, folder } = opened(async (parameters, access) => {
    const isThere = await access.read("late.txt").then(
      () => true,
      () => false,
    );
    await run(parameters, access);
    if (!isThere) throw new Error("not there");
    return "there";
  });
  const first = tools.call("probe", { word: "a" });
  const failed = expect(first).rejects.toThrow("not there");
  await started(1);
  writeFiles(folder, { "late.txt": "1" });
  const second = tools.call("probe", { word: "a" });
  await new Promise((turn) => setImmediate(turn));
  runs[0]!.finish(0);
  await failed;
  await started(2);
  runs[1]!.finish(0);
  expect((await second).json).toBe('"there"');
});

test("a run that nobody waits for any longer is ended, and the next caller gets a new one", async () => {
  const { run, runs, started } = heldRuns();
  const { tools } = opened(run);
  const leaving = new AbortController();
  const first = tools.call("probe", { word: "a" }, leaving.signal);
  await started(1);
  leaving.abort();
  await expect(first).rejects.toMatchObject({ code: "cancelled" });
  expect(runs[0]!.signal.aborted).toBe(true);
  const second = tools.call("probe", { word: "a" });
  await started(2);
  runs[1]!.finish("fresh");
  expect((await second).json).toBe('"fresh"');
});

test("a tool that takes too long is ended, says so, and may be asked again", async () => {
  const { run, runs, started } = heldRuns();
  const { tools, clock } = opened(run, { timeoutMs: 5_000 });
  const slow = tools.call("probe", { word: "a" });
  const failed = expect(slow).rejects.toMatchObject({ code: "timeout", message: "probe took longer than 5 s." });
  await started(1);
  await clock.advance(5_000);
  await failed;
  expect(runs[0]!.signal.aborted).toBe(true);
  const again = tools.call("probe", { word: "a" });
  await started(2);
  runs[1]!.finish(1);
  expect((await again).source).toBe("made");
  expect(clock.sleepers).toBe(0);
});

test("an answer is made anew when it is older than its tool allows", async () => {
  const { tools, clock } = opened(async () => 1, { ttlMs: 1_000 });
  await ask(tools, "probe", { word: "a" });
  await clock.advance(999);
  expect((await ask(tools, "probe", { word: "a" })).source).toBe("cached");
  await clock.advance(1);
  expect((await ask(tools, "probe", { word: "a" })).source).toBe("made");
});

test("failures are not kept", async () => {
  let runs = 0;
  const { tools } = opened(async () => {
    if (++runs === 1) throw new Error("once");
    return runs;
  });
  await expect(tools.call("probe", { word: "a" })).rejects.toThrow("once");
  expect((await ask(tools, "probe", { word: "a" })).source).toBe("made");
});

test("an answer hangs on exactly the files that were read for it", async () => {
  let runs = 0;
  const { tools, folder } = opened(async (_, access) => ({ text: (await access.read("a.txt")).text, runs: ++runs }));
  await ask(tools, "probe", { word: "a" });
  writeFiles(folder, { "b.txt": "another file" });
  expect(await ask(tools, "probe", { word: "a" })).toMatchObject({ source: "cached", result: { text: "one" } });
  writeFiles(folder, { "a.txt": "two" });
  expect(await ask(tools, "probe", { word: "a" })).toMatchObject({ source: "made", result: { text: "two", runs: 2 } });
});

test("an answer about the workspace hangs on all of it", async () => {
  const { tools, folder } = opened(async () => 1, { reads: ["workspace"] });
  await ask(tools, "probe", { word: "a" });
  expect((await ask(tools, "probe", { word: "a" })).source).toBe("cached");
  writeFiles(folder, { "sub/new.txt": "" });
  expect((await ask(tools, "probe", { word: "a" })).source).toBe("made");
});

test("eight run at a time, the others wait for their turn", async () => {
  const { run, runs, started } = heldRuns();
  const { tools } = opened(run);
  const calls = Array.from({ length: 12 }, (_, at) => tools.call("probe", { word: String(at) }));
  await started(8);
  await new Promise((turn) => setImmediate(turn));
  expect(runs).toHaveLength(8);
  for (const one of runs.slice()) one.finish(1);
  await started(12);
  for (const one of runs) one.finish(1);
  expect(await Promise.all(calls)).toHaveLength(12);
});

test("an answer beyond its tool's bound is refused with what to do", async () => {
  const { tools } = opened(async () => "x".repeat(3_000), { maxResultBytes: 2_048 });
  await expect(tools.call("probe", { word: "a" })).rejects.toMatchObject({ code: "result-too-large", advice: /less/ });
});

test("what is kept stays within its bytes, and what was used last stays longest", async () => {
  const { tools } = opened(async ({ word }) => word.repeat(400), {}, 4_000);
  for (const word of ["a", "b", "c", "d", "e", "f"]) {
    await ask(tools, "probe", { word });
    await ask(tools, "probe", { word: "a" });
    expect(tools.figures().cacheBytes).toBeLessThanOrEqual(4_000);
  }
  expect((await ask(tools, "probe", { word: "a" })).source).toBe("cached");
  expect((await ask(tools, "probe", { word: "b" })).source).toBe("made");
});

test("figures tell calls, hits, bytes and times by tool", async () => {
  const { tools } = opened(async () => "1234");
  for (let time = 0; time < 4; time++) await ask(tools, "probe", { word: "a" });
  expect(tools.figures().tools).toMatchObject([{ name: "probe", calls: 4, hits: 3, failures: 0, bytes: 24 }]);
});

test("closed tools end what is under way", async () => {
  const { run, runs, started } = heldRuns();
  const { tools } = opened(run);
  const call = tools.call("probe", { word: "a" });
  const failed = expect(call).rejects.toMatchObject({ code: "cancelled" });
  await started(1);
  tools.dispose();
  await failed;
  expect(runs[0]!.signal.aborted).toBe(true);
});
