/**
 * A workspace's last report as a file that the next process reads before anything else is loaded: no thread, no
 * database. The store removes it around every change of what the report rests on. So whoever keeps one announces it
 * first, then makes sure that the report holds, then fills it in: what was removed meanwhile cannot be filled in.
 */
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { JsonEntry } from "../export/jsonReporter.ts";
import { makeFolder } from "../store/makeFolder.ts";
import { seal, unseal } from "../store/seal.ts";
import type { Repository } from "../workspace/repositoryState.ts";

/** Where it lies. */
export interface StandingPlace {
  readonly storeFolder: string;
  /** The workspace's id. */
  readonly workspace: string;
  /** What was asked, as a hash: another question has another file. */
  readonly question: string;
}

export interface Standing {
  /** Wall clock, milliseconds since 1970. */
  readonly keptAtMs: number;
  readonly repository: Repository;
  /** See hashOfState. */
  readonly state: string;
  /** The report as text for scripts. */
  readonly entries: readonly JsonEntry[];
}

const FOLDER = "standing";
const MAX_FILES = 20;
/** Of one: so many files have no text this long. */
const MAX_BYTES = 16 * 1024 * 1024;
const LINE_END = 10;

export function hasStanding(place: StandingPlace): boolean {
  return fs.existsSync(fileOf(place));
}

/** undefined: not there, or it cannot be read; then the store is asked. */
export function readStanding(place: StandingPlace): Standing | undefined {
  try {
    const bytes = unseal(fs.readFileSync(fileOf(place)), [place.question]);
    if (!bytes) return undefined;
    let at = bytes.indexOf(LINE_END) + 1;
    const { sizes, ...head } = JSON.parse(bytes.toString("utf8", 0, at)) as Head;
    const entries = sizes.map(([key, size]): JsonEntry => [key, bytes.subarray(at, (at += size))]);
    return { ...head, entries };
  } catch {
    return undefined;
  }
}

/** The file's first line; the texts follow it as they are, since most of them are only passed on. */
interface Head extends Omit<Standing, "entries"> {
  readonly sizes: readonly (readonly [key: string, bytes: number])[];
}

export interface AnnouncedStanding {
  /** @throws ENOENT: the report does not hold any more */
  fillIn(standing: Standing): void;
  /** Does nothing once it is filled in. */
  giveUp(): void;
}

/** @throws what the file system says */
export function announceStanding(place: StandingPlace): AnnouncedStanding {
  const file = fileOf(place);
  const unfinished = `${file}.${randomBytes(6).toString("hex")}`;
  makeFolder(path.dirname(file));
  fs.writeFileSync(unfinished, "", { mode: 0o600, flag: "wx" });
  return {
    fillIn({ entries, ...head }) {
      const texts = entries.map(([key, text]) => [key, Buffer.from(text)] as const);
      const line: Head = { ...head, sizes: texts.map(([key, { length }]) => [key, length]) };
      const whole = [Buffer.from(`${JSON.stringify(line)}\n`), ...texts.map(([, text]) => text)];
      const sealed = seal(Buffer.concat(whole), [place.question]);
      if (sealed.length > MAX_BYTES) return;
      fs.writeFileSync(unfinished, sealed, { flag: "r+" });
      fs.renameSync(unfinished, file);
      removeOldest(path.dirname(file));
    },
    giveUp: () => fs.rmSync(unfinished, { force: true }),
  };
}

/** @param workspace missing: of all */
export function forgetStanding(storeFolder: string, workspace = ""): void {
  const folder = path.join(storeFolder, FOLDER);
  for (const name of namesIn(folder)) {
    if (name.startsWith(workspace)) remove(path.join(folder, name));
  }
}

/** Where a file that is being read cannot be removed, an empty one is as good as none. */
function remove(file: string): void {
  try {
    fs.rmSync(file, { force: true });
  } catch {
    try {
      fs.truncateSync(file);
    } catch {
      // A folder that lets nothing go takes nothing in either: what it holds is as old as the store.
    }
  }
}

function fileOf({ storeFolder, workspace, question }: StandingPlace): string {
  return path.join(storeFolder, FOLDER, `${workspace}-${question}`);
}

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}

/** Also what a process that was killed left unfinished. */
function removeOldest(folder: string): void {
  const files = namesIn(folder).map((name) => path.join(folder, name));
  if (files.length <= MAX_FILES) return;
  const ages = new Map(files.map((file) => [file, fs.lstatSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0]));
  const newestFirst = files.toSorted((a, b) => ages.get(b)! - ages.get(a)!);
  for (const file of newestFirst.slice(MAX_FILES)) remove(file);
}
