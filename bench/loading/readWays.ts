/** Ways to read one file for analysis: bytes, their hash and their text. They differ in where the bytes go. */
import { hash } from "node:crypto";
import fs from "node:fs";
import { readFile } from "node:fs/promises";
import { decodeText } from "../../src/core/workspace/decodeText.ts";
import { readTextFile, type TextFile } from "../../src/core/offline/readTextFile.ts";

/** Reads all files, and calls back after each. */
export type ReadWay = (files: readonly string[], folder: string, onRead: () => void) => void | Promise<void>;

/** Larger than nearly all sources; a larger file gets a buffer of its own. */
const POOLED_BYTES = 1024 * 1024;
const AT_ONCE = 16;

const textFile = (bytes: Uint8Array): TextFile => ({
  contentHash: hash("sha256", bytes, "hex"),
  text: decodeText(bytes),
});

function eachFile(read: (file: string, folder: string) => TextFile): ReadWay {
  return (files, folder, onRead) => {
    for (const file of files) {
      read(file, folder);
      onRead();
    }
  };
}

function withDescriptor(file: string, use: (descriptor: number, sizeBytes: number) => TextFile): TextFile {
  const descriptor = fs.openSync(file, fs.constants.O_RDONLY);
  try {
    return use(descriptor, fs.fstatSync(descriptor).size);
  } finally {
    fs.closeSync(descriptor);
  }
}

function readInto(buffer: Buffer, descriptor: number, sizeBytes: number): Uint8Array {
  let length = 0;
  while (length < sizeBytes) {
    const readBytes = fs.readSync(descriptor, buffer, length, sizeBytes - length, null);
    if (readBytes === 0) break;
    length += readBytes;
  }
  return buffer.subarray(0, length);
}

/** One buffer is enough for a thread that reads one by one: it is free again when hash and text are there. */
function pooledWay(): ReadWay {
  const pool = Buffer.allocUnsafeSlow(POOLED_BYTES);
  const bufferFor = (sizeBytes: number) => (sizeBytes <= POOLED_BYTES ? pool : Buffer.allocUnsafeSlow(sizeBytes));
  return eachFile((file) =>
    withDescriptor(file, (descriptor, sizeBytes) => textFile(readInto(bufferFor(sizeBytes), descriptor, sizeBytes))),
  );
}

async function readTogether(files: readonly string[], _folder: string, onRead: () => void): Promise<void> {
  const waiting = files.values();
  const lane = async () => {
    for (const file of waiting) {
      textFile(await readFile(file));
      onRead();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

export const readWays = {
  "as the engine reads": eachFile(readTextFile),
  "readFileSync of the path": eachFile((file) => textFile(fs.readFileSync(file))),
  "opened, a fresh buffer": eachFile((file) =>
    withDescriptor(file, (descriptor) => textFile(fs.readFileSync(descriptor))),
  ),
  "opened, a pooled buffer": pooledWay(),
  "readFile, 16 at once": readTogether,
} as const satisfies Readonly<Record<string, ReadWay>>;

export type ReadWayName = keyof typeof readWays;
