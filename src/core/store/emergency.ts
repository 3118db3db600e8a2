/**
 * When the database cannot take a paid reply (disk full, read-only), it is appended to a file instead: one JSON
 * document a line, `settlement` with the raw reply's receipt. The next opening stores them and removes the file.
 */
import { hash, randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { makeFolder } from "./makeFolder.ts";
import type { Commit } from "./commitQueue.ts";
import { isRead, type Ledger } from "./ledger.ts";
import type { Reviews } from "./reviews.ts";
import type { Receipt, Settlement } from "./settlement.ts";

export interface EmergencyEntry {
  readonly settlement: Settlement;
  /** Of the other units that the same reply answers for. */
  readonly others?: readonly Settlement[];
  readonly raw: string;
  readonly receipt: Receipt;
}

const NAME = /^emergency-.+\.jsonl(\..+)?$/;
/** At the end of the name of a file that is being stored; its process may have ended since. */
const TAKEN = ".taken";
/** What could not be read of one that was stored. */
const UNREADABLE = ".unreadable";

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
    for (const name of fs.readdirSync(folder).filter((one) => NAME.test(one))) {
      fs.rmSync(path.join(folder, name), { force: true });
    }
  }
}

/** Returns the number of replies stored. */
export async function readEmergencyFiles(storeFolder: string, parts: EmergencyParts): Promise<number> {
  let stored = 0;
  for (const folder of [storeFolder, fallbackFolder(storeFolder)]) {
    if (!fs.existsSync(folder) || !isOurs(folder)) continue;
    for (const name of fs.readdirSync(folder).filter((one) => NAME.test(one) && !one.endsWith(UNREADABLE))) {
      stored += await readEmergencyFile(path.join(folder, name), parts);
    }
  }
  return stored;
}

export interface EmergencyParts {
  readonly commit: Commit;
  readonly ledger: Ledger;
  readonly reviews: Reviews;
}

/** Storing twice is no harm: a process may end in the middle, and two may start at once. */
async function readEmergencyFile(file: string, { commit, ledger, reviews }: EmergencyParts): Promise<number> {
  const taken = takeFile(file);
  const text = taken === undefined ? undefined : readIfThere(taken);
  if (taken === undefined || text === undefined) return 0;
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const entries = lines.flatMap(parseEntry);
  await commit(() => {
    for (const { settlement, others = [], raw, receipt } of entries) {
      ledger.received(settlement.requestId, raw, receipt);
      for (const one of [settlement, ...others]) reviews.save(one);
      ledger.settled(settlement.requestId, settlement.code, isRead(settlement));
    }
  });
  // Lines that cannot be read stay for whoever wants to look; they are not tried again.
  if (entries.length === lines.length) fs.rmSync(taken, { force: true });
  else fs.renameSync(taken, taken.slice(0, -TAKEN.length) + UNREADABLE);
  return entries.length;
}

/** Under another name first: a process that still writes makes itself a new file. undefined: another one was faster. */
function takeFile(file: string): string | undefined {
  if (file.endsWith(TAKEN)) return file;
  const taken = `${file}.${randomBytes(4).toString("hex")}${TAKEN}`;
  try {
    fs.renameSync(file, taken);
    return taken;
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return undefined;
    throw error;
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return undefined;
    throw error;
  }
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
