// Real runs of the engine, watched as a window watches them, with and without something that never lets go.
import fs from "node:fs";
import path from "node:path";
import { expect, test, vi } from "vitest";
import { heapSlope, type HeapPoint } from "../../../bench/slope/heapSlope.ts";
import { createEventLoopWatch } from "../../../src/core/profile/eventLoopWatch.ts";
import { createMemoryProbe } from "../../../src/core/profile/memoryProbe.ts";
import { createMemoryWatcher } from "../../../src/core/profile/memoryWatcher.ts";
import { createTraceRecorder } from "../../../src/core/profile/traceRecorder.ts";
import { createFindingsStore } from "../../../src/extension/findingsStore.ts";
import { createRunMirror } from "../../../src/extension/runMirror.ts";
import { createRunWatch } from "../../../src/extension/runWatch.ts";
import type { RunEvent } from "../../../src/shared/events.ts";
import { createRunReader } from "../../../src/shared/runReader.ts";
import { openModelEngine, openSimulator, requestFor } from "../../support/engineFixture.ts";
import { heldBytes } from "../../support/heldBytes.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const files = 6;
/** As many as the trend of a holder needs, and some more. The course of the heap shows only over hundreds. */
const cleanRuns = Number(process.env["ONCEOVER_CLEAN_RUNS"] ?? "20");
const runsForHeap = 200;
const MB = 1024 * 1024;

const body = (file: number, run: number) =>
  `export function f${file}(value: number) {\n  const doubled = value * ${run};\n  send(doubled);\n  return doubled;\n}\n`;

const megabytes = (bytes: number) => (bytes / MB).toFixed(2);

async function setUp() {
  const contents = Array.from({ length: files }, (_, file) => [`src/f${file}.ts`, body(file, 0)] as const);
  const folder = temporaryFolder(Object.fromEntries(contents));
  const simulator = await openSimulator({ replyTokens: 400, keepBodies: false });
  const engine = await openModelEngine(simulator, { budgetUsd: null });
  const probe = createMemoryProbe();
  const monotonicMs = () => performance.now();
  const watcher = createMemoryWatcher({ monotonicMs, now: Date.now, read: probe.read });
  const findings = createFindingsStore();
  const mirror = createRunMirror();
  const recorder = createTraceRecorder(monotonicMs);
  const every = () => () => {};
  const watch = createRunWatch({
    recorder,
    watcher,
    probe,
    loop: createEventLoopWatch(),
    activationMs: 4,
    findings,
    answers: { measure: () => engine.cache.inMemory(), forget() {}, boundBytes: 64 * MB },
    mirror,
    every,
  });
  mirror.watchMemory(watch.memory);

  /** Every file has changed, so that every one is asked about. */
  async function run(number: number) {
    for (let file = 0; file < files; file++) fs.writeFileSync(path.join(folder, `src/f${file}.ts`), body(file, number));
    watch.begin();
    mirror.begin(createRunReader);
    const onEvent = (event: RunEvent) => {
      watch.onEvent(event);
      mirror.push(event);
      findings.apply(event);
    };
    const report = await engine.run(requestFor(folder), { onEvent });
    mirror.end(null);
    simulator.reset();
    expect(report.coverage).toMatchObject({ reviewed: files, cached: 0 });
    return watch.end(256 * MB);
  }
  return { run, watcher };
}

test("something that keeps every reply is named within twenty runs", async () => {
  const held: string[] = [];
  const { fetch } = globalThis;
  vi.stubGlobal("fetch", async (...given: Parameters<typeof fetch>) => {
    const response = await fetch(...given);
    if (response.ok)
      void response
        .clone()
        .text()
        .then(
          (text) => held.push(text),
          () => undefined,
        );
    return response;
  });
  try {
    const { run, watcher } = await setUp();
    watcher.register({
      name: "replies",
      measure: () => ({ bytes: held.reduce((sum, text) => sum + text.length * 2, 0), count: held.length }),
    });
    const alerts: [number, string][] = [];
    for (let number = 1; number <= 20; number++) {
      const alert = await run(number);
      if (alert) alerts.push([number, `${alert.kind} ${alert.holder}`]);
    }
    expect(held.length).toBeGreaterThan(files * 19);
    expect(alerts).toEqual([[expect.any(Number), "leak replies"]]);
  } finally {
    vi.unstubAllGlobals();
  }
}, 120_000);

test("clean runs give no alert; hundreds of them leave at most a megabyte behind for a thousand files", async () => {
  const { run } = await setUp();
  const heaps: HeapPoint[] = [];
  for (let number = 1; number <= cleanRuns; number++) {
    expect(await run(number)).toBeNull();
    if (number % 5 !== 0) continue;
    const { data, code } = await heldBytes();
    if (number % 50 === 0) process.stderr.write(`${number} runs: ${megabytes(data)} MB, code ${megabytes(code)} MB\n`);
    heaps.push({ files: number * files, heapBytes: data });
  }
  if (cleanRuns < runsForHeap / 2) return;
  // What is loaded in the first runs stays, and is no leak.
  const bytesPerThousand = heapSlope(heaps.slice(Math.ceil(heaps.length / 3)));
  process.stderr.write(`${cleanRuns} runs: ${megabytes(bytesPerThousand)} MB per 1,000 files\n`);
  if (cleanRuns >= runsForHeap) expect(bytesPerThousand).toBeLessThan(MB);
}, 3_600_000);
