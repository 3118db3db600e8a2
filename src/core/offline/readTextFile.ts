/** Reads a file for analysis: one open, one read, hash and text of the very same bytes. */
import { hash } from "node:crypto";
import fs from "node:fs";
import { OnceoverError } from "../../shared/errors.ts";
import { decodeText } from "../workspace/decodeText.ts";

/** Far above any file that a person writes; keeps one odd file from filling the memory. */
const MAX_BYTES = 64 * 1024 * 1024;

export interface TextFile {
  /** sha256 of the bytes, hex. */
  readonly contentHash: string;
  /** Without byte order mark: offsets and columns count as an editor shows them. */
  readonly text: string;
}

/** Throws `unreadable-file`, with a message that does not carry the path. */
export function readTextFile(absolutePath: string): TextFile {
  const bytes = readBytes(absolutePath);
  return { contentHash: hash("sha256", bytes, "hex"), text: decodeText(bytes) };
}

function readBytes(absolutePath: string): Buffer {
  let descriptor: number | undefined;
  try {
    // Opening a named pipe would wait for a writer for ever; non-blocking it opens at once and is refused below.
    descriptor = fs.openSync(absolutePath, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
    const stat = fs.fstatSync(descriptor);
    if (!stat.isFile()) throw new OnceoverError("unreadable-file", "Not a regular file.");
    if (stat.size > MAX_BYTES) throw new OnceoverError("unreadable-file", "The file is larger than 64 MB.");
    return fs.readFileSync(descriptor);
  } catch (error) {
    throw asUnreadable(error);
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
}

function asUnreadable(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: "The file no longer exists.",
    EACCES: "The file may not be read: permission denied.",
    EPERM: "The file may not be read: permission denied.",
    EISDIR: "Not a regular file.",
  };
  if (error instanceof OnceoverError || code === undefined) return error;
  return new OnceoverError("unreadable-file", reasons[code] ?? `The file could not be read (${code}).`, {
    cause: error,
  });
}
