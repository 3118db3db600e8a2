// Preloaded into a process and its worker threads: whoever opens a file in the given folder waits first, as on a disk
// or network drive that takes its time. Plain JavaScript, so that no type stripper is loaded.
import fs from "node:fs";

const folder = process.env.BENCH_SLOW_FOLDER;
const delayMs = Number(process.env.BENCH_SLOW_MS);

if (folder && delayMs > 0) {
  const openSync = fs.openSync;
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  fs.openSync = (path, ...rest) => {
    if (String(path).startsWith(folder)) Atomics.wait(sleeper, 0, 0, delayMs);
    return openSync(path, ...rest);
  };
}
