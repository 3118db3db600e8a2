/**
 * When the database cannot take a paid reply (disk full, read-only), it is appended to a file instead: one JSON
 * document a line, `settlement` with the raw reply's receipt. The next opening stores them and removes the file.
 */
import { hash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { makeFolder } from "./makeFolder.ts";
import type { Commit } from "./commitQueue.ts";
import { isRead, type Ledger } from "./ledger.ts";
import type { Reviews } from "./reviews.ts";
import type { Receipt, Settlement } from "./store.ts";

export interface EmergencyEntry {
  readonly settlement: Settlement;
  /** Of the other units that the same reply answers for. */
  readonly others?: readonly Settlement[];
  readonly raw: string;
  readonly receipt: Receipt;
}

const NAME = /^emergency-.+\.jsonl$/;

/** Where it goes when the store's own folder takes nothing: another disk, one folder for each store. */
function fallbackFolder(storeFolder: string): string {
  return path.join(os.tmpdir(), `onceover-${hash("sha256", storeFolder, "hex").slice(0, 12)}`);
}

/** Tries the store's folder, then the fallback; returns the file written, or undefined when none can be. */
export function writeEmergencyEntry(storeFolder: string, ownerId: string, entry: EmergencyEntry): string | undefined {
  for (const folder of [storeFolder, fallbackFolder(storeFolder)]) {
    const file = path.join(folder, `emergency-${ownerId}.jsonl`);
    try {
      makeFolder(folder);
      if (!isOurs(folder)) continue;
      // The line break comes first: what a full disk cut short before must not swallow this one.
      fs.appendFileSync(file, `\n${JSON.stringify(entry)}\n`, { mode: 0o600, flush: true });
      return file;
    } catch {
      // The next folder may be on another disk.
    }
  }
  return undefined;
}

/** In a folder that everybody may write to, somebody else could have put reviews there for us. */
function isOurs(folder: string): boolean {
  const stats = fs.lstatSync(folder);
  const isOwn = process.getuid === undefined || stats.uid === process.getuid();
  return stats.isDirectory() && isOwn && (process.platform === "win32" || (stats.mode & 0o022) === 0);
}

/** Those that wait to be stored, and those that could not be read. */
export function removeEmergencyFiles(storeFolder: string): void {
  for (const folder of [storeFolder, fallbackFolder(storeFolder)]) {
    if (!fs.existsSync(folder) || !isOurs(folder)) continue;
    for (const name of fs.readdirSync(folder).filter((one) => NAME.test(one.replace(/\.taken$/, "")))) {
      fs.rmSync(path.join(folder, name), { force: true });
    }
  }
}

/** Returns the number of replies stored. */
export async function readEmergencyFiles(
  storeFolder: string,
  commit: Commit,
  ledger: Ledger,
  reviews: Reviews,
): Promise<number> {
  let stored = 0;
  for (const folder of [storeFolder, fallbackFolder(storeFolder)]) {
    if (!fs.existsSync(folder) || !isOurs(folder)) continue;
    for (const name of fs.readdirSync(folder).filter((one) => NAME.test(one))) {
      stored += await readEmergencyFile(path.join(folder, name), commit, ledger, reviews);
    }
  }
  return stored;
}

async function readEmergencyFile(file: string, commit: Commit, ledger: Ledger, reviews: Reviews): Promise<number> {
  // Under another name first: a process that still writes makes itself a new file.
  const taken = `${file}.taken`;
  fs.renameSync(file, taken);
  const lines = fs
    .readFileSync(taken, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "");
  const entries = lines.flatMap(parseEntry);
  try {
    await commit(() => {
      for (const { settlement, others = [], raw, receipt } of entries) {
        ledger.received(settlement.requestId, raw, receipt);
        for (const one of [settlement, ...others]) reviews.save(one);
        ledger.settled(settlement.requestId, settlement.code, isRead(settlement));
      }
    });
  } catch (error) {
    fs.renameSync(taken, file);
    throw error;
  }
  // Lines that cannot be read stay for whoever wants to look; they are not tried again.
  if (entries.length === lines.length) fs.rmSync(taken, { force: true });
  return entries.length;
}

/** A line cut short by the very fault that made it necessary is left out. */
function parseEntry(line: string): EmergencyEntry[] {
  try {
    const entry = JSON.parse(line) as Partial<EmergencyEntry>;
    return entry.settlement?.key && entry.receipt && typeof entry.raw === "string" ? [entry as EmergencyEntry] : [];
  } catch {
    return [];
  }
}
