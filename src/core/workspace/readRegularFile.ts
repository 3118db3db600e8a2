/** The one way in which file contents are read: never through a link, never from a pipe, never without bound. */
import fs from "node:fs";
import { OnceoverError } from "../../shared/errors.ts";

/** Far above any file that a person writes; keeps one odd file from filling the memory. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * A path that was a file when it was listed may since have become a link, which is not followed, or a pipe, on which
 * a blocking open would wait for ever. What counts is what was opened.
 */
const FLAGS = fs.constants.O_RDONLY | (fs.constants.O_NOFOLLOW ?? 0) | (fs.constants.O_NONBLOCK ?? 0);

/** @throws unreadable-file, with a message that does not carry the path */
export function readRegularFile(absolutePath: string): Buffer {
  let descriptor: number | undefined;
  try {
    descriptor = fs.openSync(absolutePath, FLAGS);
    const stats = fs.fstatSync(descriptor);
    if (!stats.isFile()) throw new OnceoverError("unreadable-file", "Not a regular file.");
    if (stats.size > MAX_BYTES) throw new OnceoverError("unreadable-file", "The file is larger than 64 MB.");
    return fs.readFileSync(descriptor);
  } catch (error) {
    throw asUnreadable(error);
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
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
