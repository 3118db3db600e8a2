/** A file's stamp stands for its content, but within the file system's time granularity. */
import type fs from "node:fs";

/**
 * A file changed twice within the file system's time granularity keeps its stamp; one modified this shortly before
 * it was read is therefore read again next time (git calls such entries racy). FAT has the coarsest clock: 2 s.
 */
const RACY_MS = 2_000;

/** Changes with every change of the file, but within the file system's time granularity: see `mayBeRacy`. */
export function stampOf(stats: fs.BigIntStats): string {
  return `${stats.size}:${stats.mtimeNs}:${stats.ctimeNs}:${stats.ino}`;
}

/** Whether the file may change once more without its stamp changing. */
export function mayBeRacy(mtimeMs: number, readAtMs: number): boolean {
  return mtimeMs > readAtMs - RACY_MS;
}

/** Both count: whoever restores the one cannot restore the other. */
export function newestMs({ mtimeMs, ctimeMs }: fs.BigIntStats): number {
  return Number(mtimeMs > ctimeMs ? mtimeMs : ctimeMs);
}
