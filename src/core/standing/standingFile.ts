/**
 * A workspace's last report as a file that the next process reads before anything else is loaded: no thread, no
 * database. The store removes it around every change of what the report rests on. So whoever keeps one announces it
 * first, then makes sure that the report holds, then fills it in: what was removed meanwhile cannot be filled in.
 */
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { JsonEntry } from "../export/jsonReporter.ts";
import { OnceoverError } from "../../shared/errors.ts";
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
  /** See stampsOf: looked at before git is asked. */
  readonly stamps: string;
  /** Which database it is from. */
  readonly database: string;
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
  return isOwnFolder(place.storeFolder) && fs.existsSync(fileOf(place));
}

/** Another one in its place, or none, knows nothing of the answer. */
export function databaseOf(storeFolder: string): string {
  const stats = fs.lstatSync(path.join(storeFolder, "onceover.db"), { bigint: true, throwIfNoEntry: false });
  return stats ? `${stats.dev}:${stats.ino}` : "";
}

/** A store may lie where a repository can put a link in the folder's place: what that leads to is not ours. */
function isOwnFolder(storeFolder: string): boolean {
  try {
    return fs.lstatSync(path.join(storeFolder, FOLDER)).isDirectory();
  } catch {
    return false;
  }
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
  if (!isOwnFolder(place.storeFolder)) throw new OnceoverError("store-failed", "The folder for answers is a link.");
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
      removeOldest(place.storeFolder);
    },
    giveUp: () => fs.rmSync(unfinished, { force: true }),
  };
}

/** @param workspace missing: of all */
export function forgetStanding(storeFolder: string, workspace = ""): void {
  // One that was filled in while this looked has another name now; none that is gone can be filled in.
  for (let times = 0; times < MOST_TIMES; times++) {
    const files = filesIn(storeFolder, workspace);
    if (files.length === 0) return;
    files.forEach(remove);
  }
}

/** Where a folder lets nothing go, what is in it is emptied. */
const MOST_TIMES = 5;

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

/** `workspace-question`, and what is still to be filled in. */
const OURS = /^[0-9a-f]{64}-[0-9a-f]{64}(\.[0-9a-f]{12})?$/;

/** Nothing that somebody else has put there. */
function filesIn(storeFolder: string, workspace = ""): string[] {
  if (!isOwnFolder(storeFolder)) return [];
  const folder = path.join(storeFolder, FOLDER);
  const names = fs.readdirSync(folder).filter((name) => OURS.test(name) && name.startsWith(workspace));
  return names.map((name) => path.join(folder, name));
}

/** Also what a process that was killed left unfinished. */
function removeOldest(storeFolder: string): void {
  const files = filesIn(storeFolder);
  if (files.length <= MAX_FILES) return;
  const ages = new Map(files.map((file) => [file, fs.lstatSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0]));
  const newestFirst = files.toSorted((a, b) => ages.get(b)! - ages.get(a)!);
  for (const file of newestFirst.slice(MAX_FILES)) remove(file);
}
