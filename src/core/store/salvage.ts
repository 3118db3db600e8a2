/** Copies what can still be read from a damaged database into a fresh one. */
import fs from "node:fs";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { repairHeader } from "./formatCheck.ts";
import { inTransaction } from "./inTransaction.ts";
import { addResealing } from "./resealRows.ts";
import { RESEAL_SAVED } from "./schema.ts";
import { isSealed } from "./sealedRows.ts";

/** What was paid for, what proves it, who pays now, what is out, and what people decided. All else is computed again. */
const WORTH_SAVING = {
  ledger: "request_id",
  leases: "key",
  pack_units: "key",
  reviews: "key",
  looks: "key",
  look_places: "place",
  runs: "id",
  reports: "workspace",
  dismissals: "folder",
  batches: "id",
  batch_units: "request_id",
} as const;

type Table = keyof typeof WORTH_SAVING;

/** Of a unit whose text is damaged it still counts that it is out: asked again it would be paid twice. */
const COUNTS_DAMAGED: ReadonlySet<Table> = new Set(["batch_units"]);

/** Keys are hex, or begin with it: a damaged page hides no more than the rows of the ranges that touch it. */
const RANGES = 4096;

/** Returns the number of rows saved. Never throws: what cannot be read is lost to the damage. */
export function salvage(damagedFile: string, target: DatabaseSync): number {
  const first = salvageFrom(damagedFile, target);
  return first.isWhole ? first.saved : first.saved + salvageUnderNewHeader(damagedFile, target);
}

function salvageFrom(file: string, target: DatabaseSync): Pick<Copied, "saved" | "isWhole"> {
  let source: DatabaseSync | undefined;
  try {
    source = new DatabaseSync(file, { readOnly: true });
    const from: Source = { db: source, hasSeals: hasTable(source, "marks"), isDamaged: false };
    const tables = Object.keys(WORTH_SAVING) as Table[];
    const saved = tables.reduce((sum, table) => sum + copyTable(from, target, table), 0);
    if (!from.hasSeals) sealSaved(target);
    return { saved, isWhole: !from.isDamaged };
  } catch {
    return { saved: 0, isWhole: false };
  } finally {
    source?.close();
  }
}

interface Source {
  readonly db: DatabaseSync;
  /** False in a file of before there were any. */
  readonly hasSeals: boolean;
  /** Becomes true when something in it could not be read. */
  isDamaged: boolean;
}

function hasTable(db: DatabaseSync, name: string): boolean {
  return db.prepare("SELECT 1 FROM sqlite_schema WHERE name = ?").get(name) !== undefined;
}

function sealSaved(target: DatabaseSync): void {
  addResealing(target);
  inTransaction(target, () => target.exec(RESEAL_SAVED));
}

/** Once more on a copy, with a header that lets pages be read which a damaged one hides. */
function salvageUnderNewHeader(damagedFile: string, target: DatabaseSync): number {
  const copy = `${damagedFile}.reading`;
  try {
    fs.copyFileSync(damagedFile, copy);
    repairHeader(copy);
    return salvageFrom(copy, target).saved;
  } catch {
    return 0;
  } finally {
    for (const suffix of ["", "-wal", "-journal", "-shm"]) fs.rmSync(copy + suffix, { force: true });
  }
}

function copyTable(source: Source, target: DatabaseSync, table: Table): number {
  const insert = createInsert(source, target, table);
  if (!insert) return 0;
  const key = WORTH_SAVING[table];
  const range = (order: string) =>
    createRange(source, `SELECT * FROM ${table} WHERE ${key} >= ? AND ${key} < ? ORDER BY ${key} ${order}`, key);
  return inTransaction(target, () => {
    const upwards = range("ASC");
    const downwards = range("DESC");
    const first = upwards(insert, "", END);
    if (first.isWhole) return first.saved;
    // From both ends, and then of what lies between from both ends of each range: a damaged page stops one direction.
    const last = downwards(insert, "", END);
    let saved = first.saved + last.saved;
    for (let at = 0; at < RANGES; at++) {
      const [from, to] = [prefix(at), `${prefix(at)}${END}`];
      if (to < first.reached || from > last.reached) continue;
      const own = upwards(insert, from, to);
      saved += own.saved + (own.isWhole ? 0 : downwards(insert, from, to).saved);
    }
    return saved;
  });
}

/** Behind every key. */
const END = "\u{10ffff}";

function prefix(at: number): string {
  return at.toString(16).padStart(3, "0");
}

type Row = Readonly<Record<string, SQLInputValue>>;

/** undefined where the schema cannot be read: then no row can. A row that fits no column or no rule is left out. */
function createInsert(source: Source, target: DatabaseSync, table: Table): ((row: Row) => number) | undefined {
  const columnsOf = (db: DatabaseSync) =>
    db
      .prepare(`SELECT name FROM pragma_table_info('${table}')`)
      .all()
      .map((row) => String(row["name"]));
  let columns: string[];
  try {
    const known = new Set(columnsOf(target));
    columns = columnsOf(source.db).filter((name) => known.has(name));
  } catch {
    columns = [];
  }
  if (columns.length === 0) {
    source.isDamaged = true;
    return undefined;
  }
  const insert = target.prepare(
    `INSERT OR IGNORE INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
  );
  return (row) => {
    if (source.hasSeals && !COUNTS_DAMAGED.has(table) && !isSealed(table, row)) return 0;
    return Number(insert.run(...columns.map((name) => row[name] ?? null)).changes);
  };
}

interface Copied {
  readonly saved: number;
  readonly isWhole: boolean;
  /** The last key that could be read; where there was none, the end that it would have begun with. */
  readonly reached: string;
}

type CopyRange = (insert: (row: Row) => number, from: string, to: string) => Copied;

/** The readable rows are kept, also when others are not. */
function createRange(source: Source, select: string, key: string): CopyRange {
  let statement: StatementSync | undefined;
  return (insert, from, to) => {
    let saved = 0;
    let reached = select.endsWith("DESC") ? to : from;
    try {
      statement ??= source.db.prepare(select);
      for (const row of statement.iterate(from, to)) {
        reached = String(row[key]);
        saved += insertSound(insert, row as Row);
      }
      return { saved, isWhole: true, reached };
    } catch {
      source.isDamaged = true;
      return { saved, isWhole: false, reached };
    }
  };
}

function insertSound(insert: (row: Row) => number, row: Row): number {
  try {
    return insert(row);
  } catch {
    // A value that no row of the table may have: the row is damaged, those behind it need not be.
    return 0;
  }
}
