/**
 * Numbers for the states of files: the same number means the same content as before. It is what every answer that is
 * kept hangs on, so time stamps are believed no further than git believes them.
 */
import { hash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { readRegularFile } from "../workspace/readRegularFile.ts";

/**
 * A file that changes twice within the file system's granularity keeps its stamp. FAT has the coarsest clock: 2 s. Until
 * a stamp is older than that, contents are compared instead (git calls such entries racy).
 */
const RACY_MS = 2_000;

/** What tells one state of a file from another. Times in nanoseconds since 1970. */
export interface FileState {
  readonly isFile: boolean;
  readonly size: bigint;
  readonly ino: bigint;
  readonly dev: bigint;
  readonly mtimeNs: bigint;
  /** Of the last change of any kind: a restored modification time does not restore this one. */
  readonly ctimeNs: bigint;
}

export interface FileVersionsOptions {
  /** Wall clock, milliseconds since 1970. */
  readonly now: () => number;
  /** undefined: not there. Default: the file system's, links not followed. */
  readonly stateOf?: (absolutePath: string) => FileState | undefined;
}

export interface FileVersion {
  /** 0: not there. */
  readonly version: number;
  /** sha256 (hex) of the bytes; null where the stamp alone can be believed. */
  readonly contentHash: string | null;
}

export interface FileVersions {
  look(absolutePath: string): FileVersion;
}

interface Known {
  readonly state: FileState;
  readonly version: number;
  contentHash: string | null;
}

const ABSENT: FileVersion = { version: 0, contentHash: null };

export function createFileVersions({ now, stateOf = fileState }: FileVersionsOptions): FileVersions {
  const known = new Map<string, Known>();
  let last = 0;
  return {
    look(absolutePath) {
      // Before the stamp is taken: what is written after it has a later one.
      const lookedAtMs = now();
      const state = stateOf(absolutePath);
      if (!state) {
        known.delete(absolutePath);
        return ABSENT;
      }
      const before = known.get(absolutePath);
      const isSame = before !== undefined && isSameState(before.state, state);
      if (isSame && before.contentHash === null) return before;
      const isRacy = newestMs(state) > lookedAtMs - RACY_MS;
      const contentHash = isSame || isRacy ? (hashOf(absolutePath) ?? `unreadable ${++last}`) : null;
      const keptHash = isRacy ? contentHash : null;
      if (isSame && before.contentHash === contentHash) {
        before.contentHash = keptHash;
        return before;
      }
      const fresh: Known = { state, version: ++last, contentHash: keptHash };
      known.set(absolutePath, fresh);
      return fresh;
    },
  };
}

/** Field by field: thousands of files are looked at for one answer. */
function isSameState(a: FileState, b: FileState): boolean {
  return (
    a.ctimeNs === b.ctimeNs &&
    a.mtimeNs === b.mtimeNs &&
    a.size === b.size &&
    a.ino === b.ino &&
    a.dev === b.dev &&
    a.isFile === b.isFile
  );
}

function newestMs({ mtimeNs, ctimeNs }: FileState): number {
  return Number((mtimeNs > ctimeNs ? mtimeNs : ctimeNs) / 1_000_000n);
}

export function fileState(absolutePath: string): FileState | undefined {
  let stats: fs.BigIntStats | undefined;
  try {
    stats = fs.lstatSync(absolutePath, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined; // A file where a folder was, or a folder that is closed: it cannot be read either.
  }
  if (!stats) return undefined;
  const { size, ino, dev, mtimeNs, ctimeNs } = stats;
  return { isFile: stats.isFile(), size, ino, dev, mtimeNs, ctimeNs };
}

function hashOf(absolutePath: string): string | undefined {
  try {
    return hash("sha256", readRegularFile(absolutePath, path.dirname(absolutePath)), "hex");
  } catch {
    return undefined;
  }
}
