import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { createCommitQueue } from "../../../../src/core/store/commitQueue.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

function openQueue() {
  const file = path.join(temporaryFolder(), "queue.db");
  const db = new DatabaseSync(file, { timeout: 0 });
  db.exec("PRAGMA journal_mode = wal; CREATE TABLE rows (value INTEGER PRIMARY KEY)");
  onTestFinished(() => db.close());
  const commit = createCommitQueue(db, (error) => error);
  const insert = db.prepare("INSERT INTO rows VALUES (?)");
  return {
    file,
    add: (value: number) => commit(() => Number(insert.run(value).lastInsertRowid)),
    values: () =>
      db
        .prepare("SELECT value FROM rows ORDER BY value")
        .all()
        .map((row) => row["value"]),
  };
}

describe("the commit queue", () => {
  it("waits for another process's lock with its thread free, then commits all of it once", async () => {
    const queue = openQueue();
    const other = new DatabaseSync(queue.file);
    other.exec("BEGIN IMMEDIATE");
    const added = [queue.add(1), queue.add(2)];
    // Turns of the event loop go by: a thread that waits inside SQLite would never come back to let go of the lock.
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
    added.push(queue.add(3));
    expect(queue.values()).toEqual([]);
    other.exec("COMMIT");
    other.close();
    expect(await Promise.all(added)).toEqual([1, 2, 3]);
    expect(queue.values()).toEqual([1, 2, 3]);
  });

  it("keeps every sound write whatever fails beside it, and answers each with its own", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 20 }), async (values) => {
        const queue = openQueue();
        const outcomes = await Promise.allSettled(values.map((value) => queue.add(value)));
        // The second of two equal keys is refused.
        const expected = values.map((value, index) => values.indexOf(value) === index);
        expect(outcomes.map((one) => one.status === "fulfilled")).toEqual(expected);
        expect(queue.values()).toEqual([...new Set(values)].toSorted((a, b) => a - b));
      }),
      { numRuns: 20 },
    );
  });
});
