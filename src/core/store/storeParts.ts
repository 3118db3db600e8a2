/** The open database with everything that reads and writes it. */
import fs from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { createBatches, type Batches } from "./batches.ts";
import { createCommitQueue, type Commit } from "./commitQueue.ts";
import { openDatabase, type OpenDatabase } from "./database.ts";
import { createDaySpending, type ReadDay } from "./daySpending.ts";
import { createDismissals, type Dismissals } from "./dismissals.ts";
import { createFileIndex, type FileIndex } from "./fileIndex.ts";
import { createLeases, createOwner, type Leases } from "./leases.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { createLooks, type Looks } from "./looks.ts";
import { createMarks, type Marks } from "./marks.ts";
import { createOutlines, type Outlines } from "./outlines.ts";
import { createPacks, type Packs } from "./packs.ts";
import { createReports } from "./reports.ts";
import { createReviews, type RecentAnswers, type Reviews } from "./reviews.ts";
import { createUnitHistory, type UnitHistory } from "./unitHistory.ts";
import type { KnownState } from "./workspaceState.ts";

export interface StoreParts {
  readonly opened: OpenDatabase;
  readonly db: DatabaseSync;
  readonly commit: Commit;
  readonly marks: Marks;
  readonly index: FileIndex;
  readonly reviews: Reviews;
  readonly looks: Looks;
  readonly outlines: Outlines;
  readonly ledger: Ledger;
  readonly packs: Packs;
  readonly day: ReadDay;
  readonly leases: Leases;
  readonly batches: Batches;
  readonly history: UnitHistory;
  readonly reports: ReturnType<typeof createReports>;
  readonly dismissals: Dismissals;
  /** By workspace, of this store's own last look at it. */
  readonly states: Map<string, KnownState>;
}

export interface StorePartsOptions {
  readonly folder: string;
  /** Tells this store from every other one, also within a process. */
  readonly ownerId: string;
  /** Outlives an opening. */
  readonly recent: RecentAnswers;
  readonly now: () => number;
  /** Turns what SQLite threw into what a person is told. */
  readonly describe: (error: unknown) => unknown;
}

/** @throws OnceoverError store-failed; one that `isBusy` when another process has the lock */
export function openParts({ folder, ownerId, recent, now, describe }: StorePartsOptions): StoreParts {
  const opened = openDatabase(folder, now);
  const { db } = opened;
  const owner = createOwner(ownerId);
  const marks = createMarks(db);
  return {
    opened,
    db,
    commit: createCommitQueue(db, describe, createPlaceCheck(opened.path)),
    marks,
    index: createFileIndex(db),
    reviews: createReviews(db, now, recent, marks),
    looks: createLooks(db, now),
    outlines: createOutlines(db, now),
    ledger: createLedger(db, owner, now),
    packs: createPacks(db),
    day: createDaySpending(db, now),
    leases: createLeases(db, owner, now),
    batches: createBatches(db, owner, now),
    history: createUnitHistory(db),
    reports: createReports(db, now),
    dismissals: createDismissals(db, now),
    states: new Map(),
  };
}

const REPLACED = "store-replaced";

/** Another process has set the damaged file aside and made a new one: nothing may be committed to the old one. */
function createPlaceCheck(file: string): () => void {
  const identity = () => {
    const stats = fs.statSync(file, { bigint: true, throwIfNoEntry: false });
    return stats && `${stats.dev}:${stats.ino}`;
  };
  const own = identity();
  return () => {
    if (identity() !== own) throw Object.assign(new Error("the database was set aside"), { [REPLACED]: true });
  };
}

/** Whether that is why a write was refused, also behind an error that was made of it. */
export function isReplaced(error: unknown): boolean {
  const { [REPLACED]: replaced, cause } = error as { [REPLACED]?: unknown; cause?: unknown };
  return replaced === true || (cause instanceof Error && isReplaced(cause));
}
