/** Reads a file for analysis: one read, hash and text of the very same bytes. */
import { hash } from "node:crypto";
import { decodeText } from "../workspace/decodeText.ts";
import { readRegularFile } from "../workspace/readRegularFile.ts";

export interface TextFile {
  /** sha256 of the bytes, hex. */
  readonly contentHash: string;
  /** Without byte order mark: offsets and columns count as an editor shows them. */
  readonly text: string;
}

/** @throws unreadable-file, also when it no longer lies in `folder` */
export function readTextFile(absolutePath: string, folder: string): TextFile {
  const bytes = readRegularFile(absolutePath, folder);
  return { contentHash: hash("sha256", bytes, "hex"), text: decodeText(bytes) };
}
