/** Group commit: all writes that arrive in one turn of the event loop share one transaction and one flush to disk. */
import type { DatabaseSync } from "node:sqlite";
import { inTransaction } from "./inTransaction.ts";
import { isBusy, whenNotBusy } from "./whenNotBusy.ts";

interface Write {
  work(): unknown;
  resolve(value: never): void;
  reject(error: unknown): void;
}

export type Commit = <T>(work: () => T) => Promise<T>;

/**
 * @param describe turns what SQLite threw into what a person is told
 * @param check called with the lock held, before the writes; what it throws is every write's answer
 * @returns resolves once the write is durable; one failing write does not undo its neighbours. While another process
 *   holds the lock, writes wait and are run again from their beginning
 */
export function createCommitQueue(
  db: DatabaseSync,
  describe: (error: unknown) => unknown,
  check: () => void = () => {},
): Commit {
  let queue: Write[] = [];
  let isFlushing = false;

  const flush = async () => {
    let taken = 0;
    try {
      const answers = await whenNotBusy(() => {
        taken = queue.length;
        return inTransaction(db, () => {
          check();
          return queue.slice(0, taken).map((write) => apply(db, write, describe));
        });
      });
      queue = queue.slice(taken);
      for (const answer of answers) answer();
    } catch (error) {
      const failed = queue.slice(0, taken);
      queue = queue.slice(taken);
      for (const write of failed) write.reject(describe(error));
    }
    isFlushing = false;
    schedule();
  };

  const schedule = () => {
    if (isFlushing || queue.length === 0) return;
    isFlushing = true;
    setImmediate(() => void flush());
  };

  return (work) =>
    new Promise((resolve, reject) => {
      queue.push({ work, resolve, reject });
      schedule();
    });
}

function apply(db: DatabaseSync, write: Write, describe: (error: unknown) => unknown): () => void {
  db.exec("SAVEPOINT one");
  try {
    const value = write.work() as never;
    db.exec("RELEASE one");
    return () => write.resolve(value);
  } catch (error) {
    // A full disk rolls the whole transaction back by itself; then, as behind a lock, everybody gets the same answer.
    if (!db.isTransaction || isBusy(error)) throw error;
    db.exec("ROLLBACK TO one; RELEASE one");
    return () => write.reject(describe(error));
  }
}
