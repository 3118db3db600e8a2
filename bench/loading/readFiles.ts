/** Ways to read many files, each read taking a little longer than it does here. */
import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import pLimit from "p-limit";
import { readTextFile } from "../../src/core/offline/readTextFile.ts";

export interface ReadTask {
  readonly folder: string;
  readonly files: readonly string[];
  /** Added to each read; 0: none. */
  readonly delayMs: number;
}

const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** As the engine's threads do: one after the other, safely, with hash and text. */
export function readOneByOne({ folder, files, delayMs }: ReadTask): void {
  for (const file of files) {
    if (delayMs > 0) Atomics.wait(sleeper, 0, 0, delayMs);
    readTextFile(file, folder);
  }
}

/** As asynchronous programs do: plain reads, so many under way at once. */
export async function readTogether({ files, delayMs }: ReadTask, atOnce: number): Promise<void> {
  const limit = pLimit(atOnce);
  const read = async (file: string) => {
    if (delayMs > 0) await wait(delayMs);
    await readFile(file, "utf8");
  };
  await Promise.all(files.map((file) => limit(read, file)));
}

/** As the engine does: each thread reads one by one. Time to start them is part of it. */
export async function readInThreads(task: ReadTask, threads: number): Promise<void> {
  const share = Math.ceil(task.files.length / threads);
  const shares = Array.from({ length: threads }, (_, at) => task.files.slice(at * share, (at + 1) * share));
  await Promise.all(shares.map((files) => runThread({ ...task, files })));
}

function runThread(task: ReadTask): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./readWorker.ts", import.meta.url), { workerData: task });
    worker.once("error", reject);
    worker.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`A reading thread ended with ${code}.`))));
  });
}
