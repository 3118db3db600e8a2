/**
 * Damage that SQLite itself does not look for: fields of the header and the text of the schema are what this program
 * wrote, or something else has written there.
 */
import fs from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { addResealing } from "./resealRows.ts";
import { formatMark, MIGRATIONS } from "./schema.ts";

const HEADER_BYTES = 100;
const MAGIC = Buffer.from("SQLite format 3\0", "latin1");
const PAGE_BYTES = 4096;

/** Fields that hold the same in every file of ours: [offset, value] of one byte each. */
const FIXED_BYTES: readonly (readonly [number, number])[] = [
  [20, 0], // bytes reserved in each page
  [21, 64], // payload fractions
  [22, 32],
  [23, 32],
  ...bigEndian(44, 4), // schema format
  ...bigEndian(52, 0), // no automatic vacuum
  ...bigEndian(56, 1), // UTF-8
  ...bigEndian(64, 0), // no incremental vacuum
  ...Array.from({ length: 20 }, (_, at) => [72 + at, 0] as const), // reserved for expansion
];

function bigEndian(offset: number, value: number): (readonly [number, number])[] {
  return [24, 16, 8, 0].map((shift, at) => [offset + at, (value >> shift) & 0xff] as const);
}

/** False for a file whose first bytes cannot be a database of ours. A missing or empty file is a new one: true. */
export function hasSoundHeader(file: string): boolean {
  const header = readHeader(file);
  if (header === undefined) return true;
  if (header.length < HEADER_BYTES || !header.subarray(0, 16).equals(MAGIC)) return false;
  if (header.readUInt16BE(16) !== PAGE_BYTES) return false;
  const [writes, reads] = [header[18], header[19]];
  // 0 where nothing has been created yet.
  if (writes !== reads || (writes !== 1 && writes !== 2)) return false;
  return FIXED_BYTES.every(([at, value]) => header[at] === value || (isEmptyFormat(header) && at < 60));
}

/** A file that has a header and no table yet. */
function isEmptyFormat(header: Buffer): boolean {
  return header.readUInt32BE(44) === 0 && header.readUInt32BE(40) === 0;
}

function readHeader(file: string): Buffer | undefined {
  if (!fs.existsSync(file)) return undefined;
  const descriptor = fs.openSync(file, "r");
  try {
    const header = Buffer.alloc(HEADER_BYTES);
    const read = fs.readSync(descriptor, header, 0, HEADER_BYTES, 0);
    return read === 0 ? undefined : header.subarray(0, read);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Writes what every header of ours says over that of a copy, so that its pages can be read at all. */
export function repairHeader(copy: string): void {
  const sizeBytes = fs.statSync(copy).size;
  if (sizeBytes < PAGE_BYTES) return;
  const descriptor = fs.openSync(copy, "r+");
  try {
    const header = Buffer.alloc(HEADER_BYTES);
    MAGIC.copy(header);
    header.writeUInt16BE(PAGE_BYTES, 16);
    header[18] = header[19] = 1; // A rollback journal's: what the log held is not looked for here.
    header.writeUInt32BE(1, 24); // Counters that agree, so that the number of pages counts.
    header.writeUInt32BE(Math.floor(sizeBytes / PAGE_BYTES), 28);
    for (const [at, value] of FIXED_BYTES) header[at] = value;
    header.writeUInt32BE(1, 92);
    fs.writeSync(descriptor, header, 0, HEADER_BYTES, 0);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Whether the version in the header is one that a program of this kind has written there. */
export function hasSoundVersion(db: DatabaseSync, version: number): boolean {
  const mark = Number(db.prepare("PRAGMA application_id").get()?.["application_id"]);
  return mark === formatMark(version) || (mark === 0 && version <= LAST_WITHOUT_MARK);
}

/** The seals came with it, and with the table that tells whether there are any. */
const LAST_WITHOUT_MARK = MIGRATIONS.findIndex((sql) => sql.includes("CREATE TABLE marks"));

/** Whether its tables are those that the migrations make, and each has pages of its own. */
export function hasSoundSchema(db: DatabaseSync): boolean {
  expectedSchema ??= readSchema(createEmpty());
  return readSchema(db) === expectedSchema;
}

let expectedSchema: string | undefined;

function readSchema(db: DatabaseSync): string {
  const rows = db
    .prepare(
      "SELECT type, name, tbl_name, sql, rootpage FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .all();
  const roots = new Set(rows.map((row) => row["rootpage"]));
  const texts = rows.map((row) => [row["type"], row["name"], row["tbl_name"], row["sql"]]);
  return JSON.stringify([texts, roots.size === rows.length]);
}

function createEmpty(): DatabaseSync {
  const db = new DatabaseSync(":memory:");
  addResealing(db);
  for (const sql of MIGRATIONS) db.exec(sql);
  return db;
}
