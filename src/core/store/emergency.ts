/**
 * When the database cannot take a paid reply (disk full, read-only), it is appended to a file instead: one JSON
 * document a line, `settlement` with the raw reply's receipt. The next opening stores them and removes the file.
 */
import fs from "node:fs";
import path from "node:path";
import { makeFolder } from "./makeFolder.ts";
import type { Commit } from "./commitQueue.ts";
import type { Ledger } from "./ledger.ts";
import type { Reviews } from "./reviews.ts";
import type { Receipt, Settlement } from "./store.ts";

export interface EmergencyEntry {
  readonly settlement: Settlement;
  readonly raw: string;
  readonly receipt: Receipt;
}

const NAME = /^emergency-.+\.jsonl$/;

/** Tries each folder in turn; returns the file written, or undefined when none can be. */
export function writeEmergencyEntry(
  folders: readonly string[],
  ownerId: string,
  entry: EmergencyEntry,
): string | undefined {
  for (const folder of folders) {
    const file = path.join(folder, `emergency-${ownerId}.jsonl`);
    try {
      makeFolder(folder);
      fs.appendFileSync(file, `${JSON.stringify(entry)}\n`, { mode: 0o600, flush: true });
      return file;
    } catch {
      // The next folder may be on another disk.
    }
  }
  return undefined;
}

/** Returns the number of replies stored. */
export async function readEmergencyFiles(
  folder: string,
  commit: Commit,
  ledger: Ledger,
  reviews: Reviews,
): Promise<number> {
  let stored = 0;
  for (const name of fs.readdirSync(folder).filter((one) => NAME.test(one))) {
    const file = path.join(folder, name);
    const entries = fs.readFileSync(file, "utf8").split("\n").flatMap(parseEntry);
    await commit(() => {
      for (const { settlement, raw, receipt } of entries) {
        ledger.received(settlement.requestId, raw, receipt);
        reviews.save(settlement);
        ledger.settled(settlement.requestId, settlement.code, settlement.review !== null);
      }
    });
    fs.rmSync(file, { force: true });
    stored += entries.length;
  }
  return stored;
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
