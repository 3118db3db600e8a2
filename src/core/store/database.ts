/** Opens the one database of this person and machine, brings it up to date, and survives a damaged file. */
import fs from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { OnceoverError } from "../../shared/errors.ts";
import { inTransaction } from "./inTransaction.ts";
import { hasSoundHeader, hasSoundSchema, hasSoundVersion } from "./formatCheck.ts";
import { makeFolder } from "./makeFolder.ts";
import { addResealing } from "./resealRows.ts";
import { formatMark, MIGRATIONS } from "./schema.ts";
import { salvage } from "./salvage.ts";
import { extendedCode, sqliteCode } from "./whenNotBusy.ts";

const DATABASE_NAME = "onceover.db";
/** Between the database's name and the time it was set aside. */
const DAMAGED_MARK = ".damaged-";

export interface OpenDatabase {
  readonly db: DatabaseSync;
  readonly path: string;
  readonly sqliteVersion: string;
  readonly journalMode: string;
  /** What a person should be told about the opening (a damaged file set aside, a fallback). */
  readonly notices: readonly string[];
  readonly isNew: boolean;
}

/**
 * How long one statement waits inside SQLite for another process's lock. Short, because its thread cannot be ended
 * meanwhile: whoever has more time tries again (whenNotBusy.ts).
 */
const BUSY_TIMEOUT_MS = 100;
/** Below this version a WAL file can be corrupted by a checkpoint that races a reset. */
const WAL_SAFE_SINCE = [3, 51, 3];
const CORRUPT = 11;
const NOT_A_DATABASE = 26;
/** A page that should be there ends with the file. */
const SHORT_READ = 522;
const BUSY = 5;

/**
 * Creates the folder if needed.
 * @throws OnceoverError store-failed with what to do about it; one that `isBusy` when another process has the lock
 */
export function openDatabase(folder: string, now: () => number): OpenDatabase {
  const file = path.join(folder, DATABASE_NAME);
  try {
    makeFolder(folder);
    try {
      const opened = openSound(file, []);
      if (isSoundAfterSuspicion(opened.db, file)) return opened;
    } catch (error) {
      if (!isDamage(error)) throw error;
    }
    return reopenAfterDamage(file, now);
  } catch (error) {
    throw asStoreError(error, folder);
  }
}

/**
 * Checking every page takes seconds on a large store, so it is done only after a statement has met damage: that leaves
 * a mark beside the file for the next opening.
 */
function suspicionMark(file: string): string {
  return `${file}.suspect`;
}

function isSoundAfterSuspicion(db: DatabaseSync, file: string): boolean {
  const mark = suspicionMark(file);
  if (!fs.existsSync(mark)) return true;
  const isSound = passesCheck(db);
  if (!isSound) db.close();
  fs.rmSync(mark, { force: true });
  return isSound;
}

function passesCheck(db: DatabaseSync): boolean {
  try {
    return db.prepare("PRAGMA integrity_check(1)").get()?.["integrity_check"] === "ok";
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  }
}

/** What an opening after damage has left beside the database: copies that hold what the damaged file held. */
export function removeDamagedCopies(file: string): void {
  fs.rmSync(suspicionMark(file), { force: true });
  const prefix = `${path.basename(file)}${DAMAGED_MARK}`;
  for (const name of fs.readdirSync(path.dirname(file))) {
    if (name.startsWith(prefix)) fs.rmSync(path.join(path.dirname(file), name), { force: true });
  }
}

/** Call with whatever a statement threw. */
export function noteDamage(error: unknown, folder: string): void {
  if (!isDamage(error)) return;
  try {
    fs.writeFileSync(suspicionMark(path.join(folder, DATABASE_NAME)), "");
  } catch {
    // A folder that takes no file takes no repaired database either.
  }
}

/** Has the code of what SQLite says of a damaged file, and is treated as that. */
function damage(what: string): Error {
  return Object.assign(new Error(`database ${what} is damaged`), { errcode: CORRUPT });
}

/** @throws what SQLite says of a damaged file, also where it would not have noticed by itself */
function openSound(file: string, notices: string[]): OpenDatabase {
  const isNew = !fs.existsSync(file) || fs.statSync(file).size === 0;
  if (!hasSoundHeader(file)) throw damage("header");
  const db = new DatabaseSync(file);
  try {
    db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    const sqliteVersion = String(db.prepare("SELECT sqlite_version() AS version").get()?.["version"]);
    const wanted = isWalSafe(sqliteVersion) ? "wal" : "delete";
    if (wanted === "delete")
      notices.push(`SQLite ${sqliteVersion} has a known write-ahead log defect: using a rollback journal.`);
    const journalMode = switchJournal(db, wanted);
    db.exec("PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;");
    migrate(db);
    if (!hasSoundSchema(db)) throw damage("schema");
    return { db, path: file, sqliteVersion, journalMode, notices, isNew };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Reading the mode needs no lock; changing it does, and another process may hold one for a while. */
function switchJournal(db: DatabaseSync, wanted: string): string {
  const current = String(db.prepare("PRAGMA journal_mode").get()?.["journal_mode"]);
  if (current === wanted) return current;
  return String(db.prepare(`PRAGMA journal_mode = ${wanted}`).get()?.["journal_mode"]);
}

function isWalSafe(version: string): boolean {
  const parts = version.split(".").map(Number);
  for (const [index, minimum] of WAL_SAFE_SINCE.entries()) {
    const part = parts[index] ?? 0;
    if (part !== minimum) return part > minimum;
  }
  return true;
}

function userVersion(db: DatabaseSync): number {
  return Number(db.prepare("PRAGMA user_version").get()?.["user_version"]);
}

function migrate(db: DatabaseSync): void {
  const version = userVersion(db);
  if (!hasSoundVersion(db, version)) throw damage("version");
  if (version > MIGRATIONS.length) {
    throw new OnceoverError("store-failed", "The review store was written by a newer version of Onceover.", {
      advice: "Update this one, or choose another folder with --cache-dir.",
    });
  }
  if (version === MIGRATIONS.length) return;
  addResealing(db);
  inTransaction(db, () => {
    // Another process may have migrated while this one waited for the lock.
    for (const [index, sql] of MIGRATIONS.entries())
      if (index >= userVersion(db)) db.exec(`${sql}; PRAGMA user_version = ${index + 1}`);
    db.exec(`PRAGMA application_id = ${formatMark(MIGRATIONS.length)}`);
  });
}

function reopenAfterDamage(file: string, now: () => number): OpenDatabase {
  const aside = unusedName(`${file}${DAMAGED_MARK}${now()}`);
  // Who has the file open commits to it no more: with the lock they see that another one has taken its place.
  const lock = lockDamaged(file);
  try {
    for (const suffix of ["", "-wal", "-journal", "-shm"]) {
      if (fs.existsSync(file + suffix)) fs.renameSync(file + suffix, aside + suffix);
    }
    const opened = openSound(file, []);
    // The rows exist only here now: others who open the new file meanwhile must not keep them out.
    opened.db.exec("PRAGMA busy_timeout = 5000");
    const saved = salvage(aside, opened.db);
    opened.db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    const notice = `The review store was damaged. It was set aside as ${path.basename(aside)}; ${saved} sound rows were saved.`;
    return { ...opened, notices: [...opened.notices, notice] };
  } finally {
    lock?.close();
  }
}

/** Two repairs within one millisecond must not write over each other's copy. */
function unusedName(name: string): string {
  for (let count = 0; ; count++) {
    const free = count === 0 ? name : `${name}.${count}`;
    if (!fs.existsSync(free)) return free;
  }
}

/** As far as it can still be locked. @throws what `isBusy` knows while another process is in the middle of a commit */
function lockDamaged(file: string): DatabaseSync | undefined {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file);
    db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}; BEGIN IMMEDIATE`);
    return db;
  } catch (error) {
    db?.close();
    if (sqliteCode(error) === BUSY) throw error;
    return undefined;
  }
}

export function isDamage(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === CORRUPT || code === NOT_A_DATABASE || extendedCode(error) === SHORT_READ;
}

/** One clear line for whatever SQLite or the file system said. */
export function asStoreError(error: unknown, folder: string): OnceoverError {
  if (error instanceof OnceoverError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new OnceoverError("store-failed", `The review store in ${folder} cannot be used: ${reason}.`, {
    advice: "Make the folder writable, free some space, or choose another one with --cache-dir.",
    cause: error,
  });
}
