import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import type { AnalysisPool, AnalyzeTask } from "../../../../src/core/offline/analysis.ts";
import { createAnalysisPool, type AnalysisPoolOptions } from "../../../../src/core/offline/analysisPool.ts";
import type { Logger } from "../../../../src/core/ports.ts";

const pools: AnalysisPool[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.dispose()));
});

const faultyWorker = new URL("fixtures/faultyWorker.ts", import.meta.url);

function createLogger(): Logger & { readonly warnings: string[] } {
  const warnings: string[] = [];
  return { warnings, debug() {}, info() {}, warn: (message) => warnings.push(message), error() {} };
}

function open(options: Partial<AnalysisPoolOptions> = {}): AnalysisPool {
  const pool = createAnalysisPool({ logger: createLogger(), ...options });
  pools.push(pool);
  return pool;
}

const task = (absolutePath: string): AnalyzeTask => ({
  absolutePath,
  folder: path.dirname(absolutePath),
  language: "typescript",
  kind: "source",
});
const tasks = (count: number, odd: Record<number, string> = {}) =>
  Array.from({ length: count }, (_, index) => task(odd[index] ?? `file${index}`));

describe("the pool with its real workers", () => {
  it("analyses and prepares files, and answers in order", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "onceover-pool-"));
    const files = Array.from({ length: 30 }, (_, index) => path.join(folder, `f${index}.ts`));
    for (const [index, file] of files.entries()) fs.writeFileSync(file, `${"\n".repeat(index)}debugger;`);
    const pool = open();
    const [results, prepared] = await Promise.all([
      pool.analyze(files.map(task)),
      pool.prepare({ absolutePath: files[3]!, folder: path.dirname(files[3]!) }),
    ]);
    expect(results.map((result) => (result.ok ? result.findings[0]?.startLine : result.message))).toEqual(
      files.map((_, index) => index + 1),
    );
    expect(prepared).toMatchObject({ ok: true, text: "\n\n\ndebugger;", redactions: [] });
    expect(await pool.analyze([])).toEqual([]);
    fs.rmSync(folder, { recursive: true });
  });
});

describe("when a worker fails", () => {
  it.each(["exit", "crash"])(
    "fails the file under way alone on %s and does the others in a new thread",
    async (fault) => {
      const logger = createLogger();
      const pool = open({ entry: faultyWorker, logger, size: 1 });
      const results = await pool.analyze(tasks(20, { 5: fault }));
      expect(results.map((result) => result.ok)).toEqual(Array.from({ length: 20 }, (_, index) => index !== 5));
      expect(results[5]).toMatchObject({ ok: false, message: expect.stringContaining("The analysis failed") });
      expect(logger.warnings).toHaveLength(1);
    },
  );

  it("fails a job that throws and keeps the thread", async () => {
    const logger = createLogger();
    const results = await open({ entry: faultyWorker, logger }).analyze(tasks(9, { 4: "throw" }));
    expect(results[4]).toEqual({ ok: false, message: "thrown in the job" });
    expect(results.filter((result) => result.ok)).toHaveLength(8);
    expect(logger.warnings).toEqual([]);
  });

  it("gives up a file that takes too long, and does the others", async () => {
    const pool = open({ entry: faultyWorker, jobTimeoutMs: 1500, size: 1 });
    const results = await pool.analyze(tasks(12, { 2: "hang" }));
    expect(results.map((result) => result.ok)).toEqual(Array.from({ length: 12 }, (_, index) => index !== 2));
    expect(results[2]).toMatchObject({ message: expect.stringContaining("took longer than") });
  });

  it("loses nothing when every other file kills its thread", async () => {
    const odd = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [index * 2, "exit"]));
    const results = await open({ entry: faultyWorker }).analyze(tasks(24, odd));
    expect(results.map((result) => result.ok)).toEqual(Array.from({ length: 24 }, (_, index) => index % 2 === 1));
  });

  it("fails everything with a clear message when no thread can be started", async () => {
    const pool = open({ entry: pathToFileURL(path.join(os.tmpdir(), "no-such-worker.mjs")) });
    const results = await pool.analyze(tasks(100));
    expect(results.every((result) => !result.ok)).toBe(true);
    expect(results.at(-1)).toEqual({ ok: false, message: "The analysis worker cannot be started." });
  });
});

describe("a thread that has nothing to do", () => {
  it("is ended after a minute, and the next job has a new one", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const pool = open({ entry: faultyWorker, size: 1 });
    const thread = async () => {
      const answer = await pool.redact("which thread");
      return answer.ok && answer.text;
    };
    const first = await thread();
    vi.advanceTimersByTime(59_000);
    expect(await thread()).toBe(first);
    // Its minute begins anew with each job.
    vi.advanceTimersByTime(59_000);
    expect(await thread()).toBe(first);
    vi.advanceTimersByTime(61_000);
    expect(await thread()).not.toBe(first);
  });

  it("is not ended while it works", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const pool = open({ entry: faultyWorker, size: 1 });
    pool.warmUp();
    const results = pool.analyze(tasks(200));
    vi.advanceTimersByTime(600_000);
    expect((await results).every((result) => result.ok)).toBe(true);
  });
});

describe("ending", () => {
  it("drops what is queued when aborted, and goes on serving others", async () => {
    const pool = open({ entry: faultyWorker, jobTimeoutMs: 60_000, size: 1 });
    const controller = new AbortController();
    const aborted = pool.analyze(tasks(500), controller.signal);
    const other = pool.analyze(tasks(3));
    controller.abort(new Error("stopped by the user"));
    await expect(aborted).rejects.toThrow("stopped by the user");
    expect((await other).every((result) => result.ok)).toBe(true);
    await expect(pool.analyze(tasks(1), controller.signal)).rejects.toThrow("stopped by the user");
  });

  it("settles what is under way when disposed, and refuses what comes later", async () => {
    const pool = open({ entry: faultyWorker, jobTimeoutMs: 60_000, size: 1 });
    const pending = pool.analyze(tasks(30, { 0: "hang" }));
    await pool.dispose();
    expect((await pending).every((result) => !result.ok)).toBe(true);
    await expect(pool.analyze(tasks(1))).rejects.toMatchObject({ code: "cancelled" });
  });

  it("does not keep a process alive that has nothing left to do, and does while work is under way", () => {
    const module = new URL("../../../../src/core/offline/analysisPool.ts", import.meta.url);
    const program = `
      const { createAnalysisPool } = await import(${JSON.stringify(module.href)});
      const pool = createAnalysisPool({ logger: { debug() {}, info() {}, warn() {}, error() {} } });
      const [result] = await pool.analyze([{ absolutePath: ${JSON.stringify(import.meta.filename)}, folder: "/", language: "typescript", kind: "source" }]);
      console.log(result.ok);`;
    const child = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
      encoding: "utf8",
      timeout: 15_000,
    });
    expect(child.stdout.trim()).toBe("true");
    expect(child.status).toBe(0);
  });
});
