import type { DatabaseSync } from "node:sqlite";

/** All of it or nothing; the lock is taken at the beginning, so that no statement in the middle has to wait for one. */
export function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec("BEGIN IMMEDIATE");
  try {
    const value = work();
    db.exec("COMMIT");
    return value;
  } catch (error) {
    // A full disk has rolled it back already.
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}
