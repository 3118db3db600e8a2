/** For rows that can be computed again: cheap enough to be made for every file of every plan. */
import zlib from "node:zlib";

/** crc32 of the row's columns. */
export function rowCheck(columns: readonly unknown[]): number {
  return zlib.crc32(columns.join("\0"));
}
