/** Group commit: all writes that arrive in one turn of the event loop share one transaction and one flush to disk. */
import type { DatabaseSync } from "node:sqlite";
import { isBusy } from "./database.ts";

interface Write {
  work(): unknown;
  resolve(value: never): void;
  reject(error: unknown): void;
}

/** After this long behind another process's lock a write fails instead of waiting on. */
const GIVE_UP_AFTER_MS = 120_000;

export type Commit = <T>(work: () => T) => Promise<T>;

/**
 * @param describe turns what SQLite threw into what a person is told
 * @returns resolves once the write is durable; one failing write does not undo its neighbours
 */
export function createCommitQueue(db: DatabaseSync, describe: (error: unknown) => unknown): Commit {
  let queue: Write[] = [];

  const flush = () => {
    const writes = queue;
    queue = [];
    const answers: (() => void)[] = [];
    try {
      begin(db);
      for (const write of writes) answers.push(apply(db, write, describe));
      db.exec("COMMIT");
    } catch (error) {
      if (db.isTransaction) db.exec("ROLLBACK");
      for (const write of writes) write.reject(describe(error));
      return;
    }
    for (const answer of answers) answer();
  };

  return (work) =>
    new Promise((resolve, reject) => {
      queue.push({ work, resolve, reject });
      if (queue.length === 1) setImmediate(flush);
    });
}

function begin(db: DatabaseSync): void {
  const startedAt = performance.now();
  for (;;) {
    try {
      db.exec("BEGIN IMMEDIATE");
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() - startedAt > GIVE_UP_AFTER_MS) throw error;
    }
  }
}

function apply(db: DatabaseSync, write: Write, describe: (error: unknown) => unknown): () => void {
  db.exec("SAVEPOINT one");
  try {
    const value = write.work() as never;
    db.exec("RELEASE one");
    return () => write.resolve(value);
  } catch (error) {
    // A full disk rolls the whole transaction back by itself; then the outer handler answers everybody.
    if (!db.isTransaction) throw error;
    db.exec("ROLLBACK TO one; RELEASE one");
    return () => write.reject(describe(error));
  }
}
