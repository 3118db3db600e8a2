/** Empties the store. The file stays, with its format: other windows and the command line have it open. */
import path from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { OnceoverError } from "../../shared/errors.ts";
import type { Erased } from "../engine.ts";
import { removeDamagedCopies, type OpenDatabase } from "./database.ts";
import { removeEmergencyFiles } from "./emergency.ts";
import { inTransaction } from "./inTransaction.ts";
import { ownersOfRuns } from "./leases.ts";
import { collectStats, emptyTables, giveSpaceBack } from "./maintenance.ts";
import { createMarks } from "./marks.ts";

/** @throws store-busy while a run uses the store; nothing is erased then */
export function eraseAll(opened: OpenDatabase, now: () => number): Erased {
  const { db } = opened;
  // What is deleted is written over, also where another process keeps its pages from being given back.
  db.exec("PRAGMA secure_delete = ON");
  const { reviews, verdicts, analyses, dismissals, runs, ledgerRows } = inTransaction(db, () => {
    refuseDuringRuns(db, now());
    const before = collectStats(opened);
    emptyTables(db, tablesOf(db));
    createMarks(db).raise("reviews");
    return before;
  });
  // After the commit: a crash in between must not leave reviews without the replies that wait for them.
  removeDamagedCopies(opened.path);
  removeEmergencyFiles(path.dirname(opened.path));
  giveSpaceBack(db);
  // The write-ahead log still holds earlier pages. Behind another process's read it is emptied by the next writer.
  db.prepare("PRAGMA wal_checkpoint(TRUNCATE)").all();
  return {
    reviews: reviews + verdicts,
    analyses,
    dismissals,
    runs,
    ledgerRows,
    sizeBytes: collectStats(opened).sizeBytes,
  };
}

function refuseDuringRuns(db: DatabaseSync, nowMs: number): void {
  const owners = ownersOfRuns(db, nowMs);
  if (owners.length === 0) return;
  const isOwn = owners.every((owner) => Number(owner.split(":")[1]) === process.pid);
  const where = isOwn ? "" : " in another window or terminal";
  throw new OnceoverError("store-busy", `A review is under way${where}, so nothing was erased.`, {
    advice: "Cancel it or let it end, then erase again.",
  });
}

/** All that there are, but for what processes go by: one that the schema gains later is emptied too. */
function tablesOf(db: DatabaseSync): string[] {
  return db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'marks'")
    .all()
    .map((row) => String(row["name"]));
}
