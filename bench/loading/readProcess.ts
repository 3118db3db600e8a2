/** Reads a folder's sources in one way, again and again, and prints what it took for one time, as one JSON line. */
import { PerformanceObserver } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { folderFiles } from "../folderFiles.ts";
import { readWays, type ReadWayName } from "./readWays.ts";

const ROUNDS = 5;

export interface ReadFigures {
  readonly files: number;
  readonly wallMs: number;
  /** Of the whole process: the collector's own threads and those of asynchronous reads count. */
  readonly cpuMs: number;
  readonly collections: number;
  readonly collectingMs: number;
  /** The most that buffers held at a time, live and dead, above what they held before. */
  readonly peakBufferBytes: number;
}

const [name, folder] = process.argv.slice(2) as [ReadWayName, string];
const files = (await folderFiles(folder)).toSorted();
const way = readWays[name];

const collected = { count: 0, ms: 0 };
const observer = new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) {
    collected.count += 1;
    collected.ms += duration;
  }
});

// Compiles what is measured.
await way(files, folder, () => undefined);
observer.observe({ entryTypes: ["gc"] });
const startMs = performance.now();
const before = process.cpuUsage();
for (let round = 0; round < ROUNDS; round++) await way(files, folder, () => undefined);
const cpu = process.cpuUsage(before);
const wallMs = (performance.now() - startMs) / ROUNDS;
// The collector tells of itself later.
await wait(50);
observer.disconnect();

// Apart from the times: asking takes as long as a small file.
const atFirst = process.memoryUsage().arrayBuffers;
let peakBytes = atFirst;
await way(files, folder, () => {
  peakBytes = Math.max(peakBytes, process.memoryUsage().arrayBuffers);
});

const figures: ReadFigures = {
  files: files.length,
  wallMs,
  cpuMs: (cpu.user + cpu.system) / 1_000 / ROUNDS,
  collections: collected.count / ROUNDS,
  collectingMs: collected.ms / ROUNDS,
  peakBufferBytes: peakBytes - atFirst,
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
