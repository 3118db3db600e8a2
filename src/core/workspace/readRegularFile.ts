/** The one way in which file contents are read: never through a link, never from a pipe, never without bound. */
import fs from "node:fs";
import { isInside } from "./isInside.ts";
import { OnceoverError } from "../../shared/errors.ts";

/** Far above any file that a person writes; keeps one odd file from filling the memory. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * A path that was a file when it was listed may since have become a link, which is not followed, or a pipe, on which
 * a blocking open would wait for ever. What counts is what was opened.
 */
const FLAGS = fs.constants.O_RDONLY | (fs.constants.O_NOFOLLOW ?? 0) | (fs.constants.O_NONBLOCK ?? 0);

/**
 * @param folder the workspace's folder: what was opened must lie in it, also when a folder on the way has become a link
 * @param maxBytes what is larger is refused
 * @throws unreadable-file, with a message that does not carry the path
 */
export function readRegularFile(absolutePath: string, folder: string, maxBytes = MAX_BYTES): Buffer {
  return withRegularFile(absolutePath, folder, maxBytes, (descriptor) => fs.readFileSync(descriptor));
}

/** As if it were read. @throws unreadable-file */
export function checkRegularFile(absolutePath: string, folder: string): void {
  withRegularFile(absolutePath, folder, MAX_BYTES, () => undefined);
}

function withRegularFile<T>(absolutePath: string, folder: string, maxBytes: number, use: (descriptor: number) => T): T {
  let descriptor: number | undefined;
  try {
    descriptor = fs.openSync(absolutePath, FLAGS);
    const stats = fs.fstatSync(descriptor, { bigint: true });
    if (!isInside(fs.realpathSync.native(folder), realPathOf(absolutePath, descriptor, stats))) {
      throw new OnceoverError("unreadable-file", "It has become a link.");
    }
    if (!stats.isFile()) throw new OnceoverError("unreadable-file", "Not a regular file.");
    if (stats.size > maxBytes) {
      throw new OnceoverError("unreadable-file", `The file is larger than ${maxBytes / 1024 / 1024} MB.`);
    }
    return use(descriptor);
  } catch (error) {
    throw asUnreadable(error);
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
}

/** Where the open file itself lies, whatever its path leads to by now; undefined: it cannot be told. */
function realPathOf(absolutePath: string, descriptor: number, opened: fs.BigIntStats): string | undefined {
  if (process.platform === "linux") return fs.readlinkSync(`/proc/self/fd/${descriptor}`);
  const real = fs.realpathSync.native(absolutePath);
  const { dev, ino } = fs.lstatSync(real, { bigint: true });
  return dev === opened.dev && ino === opened.ino ? real : undefined;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "It no longer exists.",
  EACCES: "Permission denied.",
  EPERM: "Permission denied.",
  EISDIR: "Not a regular file.",
  ELOOP: "It has become a link.",
  EIO: "Input/output error.",
};

function asUnreadable(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (error instanceof OnceoverError || code === undefined) return error;
  return new OnceoverError("unreadable-file", REASONS[code] ?? `It cannot be read (${code}).`, { cause: error });
}
