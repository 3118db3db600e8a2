// What `--trace` writes, opened in speedscope: it has to show every row and every kind of step that is in it.
import fs from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TraceFile } from "../../src/core/profile/traceRecorder.ts";
import { runCommand } from "../support/builtCommand.ts";
import { createProviderSimulator, type Simulator } from "../support/providerSimulator/providerSimulator.ts";
import { readWithSpeedscope, type SpeedscopeReading } from "../support/speedscope.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { launchBrowser } from "../support/vscode/findBrowser.ts";

let browser: Browser;
let simulator: Simulator;

beforeAll(async () => {
  simulator = await createProviderSimulator();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await simulator?.stop();
});

async function trace(...args: readonly string[]): Promise<{ trace: TraceFile; read: SpeedscopeReading }> {
  const files = Array.from({ length: 8 }, (_, at) => [
    `src/file${at}.ts`,
    `export function f${at}(x: number) {\n  send(x);\n  return x + ${at};\n}\n`,
  ]);
  const folder = temporaryFolder(Object.fromEntries(files));
  const file = path.join(temporaryFolder(), "trace.json");
  const own = ["--cache-dir", temporaryFolder(), "--quiet", "--trace", file];
  const env = { ONCEOVER_API_KEY: simulator.key ?? "" };
  const { status, stderr } = await runCommand(["analyze", folder, ...own, ...args], env);
  expect([status, stderr]).toEqual([0, ""]);
  const picture = `out/screenshots/trace-${args.length === 0 ? "offline" : "model"}.png`;
  const read = await readWithSpeedscope(browser, file, picture);
  return { trace: JSON.parse(fs.readFileSync(file, "utf8")) as TraceFile, read };
}

/** What the file says, in speedscope's words: rows with spans, and in each the names of its spans. */
function expected({ traceEvents }: TraceFile): { name: string; frames: string[] }[] {
  const spans = Map.groupBy(
    traceEvents.filter(({ ph }) => ph === "X"),
    ({ tid }) => tid,
  );
  const nameOf = (tid: number) =>
    traceEvents.find((event) => event.name === "thread_name" && event.tid === tid)?.args?.["name"];
  return [...spans].map(([tid, own]) => ({
    name: `Onceover (pid 1), ${String(nameOf(tid))} (tid ${tid})`,
    frames: [...new Set(own.map(({ name, args }) => (args ? `${name} ${JSON.stringify(args)}` : name)))].toSorted(),
  }));
}

function shown({ profiles }: SpeedscopeReading) {
  return profiles.map(({ name, frames }) => ({ name, frames: frames.toSorted() }));
}

test("a run of the offline engine", async () => {
  const { trace: written, read } = await trace();
  expect(read.problems).toEqual([]);
  expect(shown(read)).toEqual(expected(written));
  expect(read.profiles[0]?.frames).toContain("run");
});

test("a run with a model: requests beside one another, each with its steps", async () => {
  const model = ["--provider", "openai", "--base-url", simulator.url, "--model", simulator.model, "--no-refute"];
  const { trace: written, read } = await trace(...model);
  expect(read.problems).toEqual([]);
  expect(shown(read)).toEqual(expected(written));
  const frames = read.profiles.flatMap((profile) => profile.frames);
  expect(frames.some((frame) => frame.startsWith("request "))).toBe(true);
  expect(frames.some((frame) => frame.startsWith("stream"))).toBe(true);
});
