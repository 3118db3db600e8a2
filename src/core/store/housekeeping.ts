/** After a run: what may grow without end is kept within bounds. The ledger's rows are the record and stay. */
import type { DatabaseSync } from "node:sqlite";
import { evictComputed, expireComputed } from "./eviction.ts";
import type { Commit } from "./commitQueue.ts";
import type { Marks } from "./marks.ts";

export interface Bounds {
  /** Of what can be computed again. */
  readonly computedBytes: number;
  readonly runs: number;
  /** Of reports, and of replies that came to nothing and are kept for whoever asks why. */
  readonly historyBytes: number;
}

export const DEFAULT_BOUNDS: Bounds = {
  computedBytes: 512 * 1024 * 1024,
  runs: 1_000,
  historyBytes: 100 * 1024 * 1024,
};

const DAY_MS = 86_400_000;

interface Kept {
  readonly db: DatabaseSync;
  readonly commit: Commit;
  readonly marks: Marks;
}

/** Once a day, and whenever the file has outgrown the bounds. Returns what a person should be told. */
export async function keepHouse({ db, commit, marks }: Kept, bounds: Bounds, nowMs: number): Promise<string[]> {
  const lastMs = marks.read("maintained");
  const isDue = nowMs - lastMs >= DAY_MS || nowMs < lastMs;
  if (!isDue && usedBytes(db) <= bounds.computedBytes + bounds.historyBytes) return [];
  await commit(() => {
    if (isDue) expireComputed(db, lastMs, nowMs);
    evictComputed(db, bounds.computedBytes, nowMs);
    boundHistory(db, bounds);
    if (isDue) marks.write("maintained", nowMs);
  });
  return isDue ? noticeOfReviews(db, bounds) : [];
}

/** Pages that hold something. */
function usedBytes(db: DatabaseSync): number {
  const pragma = (name: string) => Number(db.prepare(`PRAGMA ${name}`).get()?.[name]);
  return (pragma("page_count") - pragma("freelist_count")) * pragma("page_size");
}

/** The newest stay. A run that is under way is always among them. Call inside a transaction. */
export function boundHistory(db: DatabaseSync, { runs, historyBytes }: Bounds): void {
  db.prepare(
    `DELETE FROM runs WHERE state <> 'running' AND id NOT IN (SELECT id FROM runs ORDER BY started_at DESC LIMIT ?)`,
  ).run(runs);
  db.prepare(
    `DELETE FROM reports WHERE workspace IN (
       SELECT workspace FROM (
         SELECT workspace, sum(length(body)) OVER (ORDER BY saved_at DESC, workspace) AS bytes FROM reports)
       WHERE bytes > ?)`,
  ).run(historyBytes / 2);
  // A reply that is still to be read is a paid one: it stays.
  db.prepare(
    `UPDATE ledger SET raw = NULL WHERE request_id IN (
       SELECT request_id FROM (
         SELECT request_id, sum(length(raw)) OVER (ORDER BY created_at DESC, request_id) AS bytes FROM ledger
         WHERE raw IS NOT NULL AND state <> 'received')
       WHERE bytes > ?)`,
  ).run(historyBytes / 2);
}

/** What was paid for is not thrown away by itself. */
function noticeOfReviews(db: DatabaseSync, { computedBytes }: Bounds): string[] {
  const bytes = Number(db.prepare("SELECT sum(length(body)) AS bytes FROM reviews").get()?.["bytes"] ?? 0);
  if (bytes <= computedBytes) return [];
  const megabytes = Math.round(bytes / 1024 / 1024);
  return [
    `Stored reviews take ${megabytes} MB, more than the limit for what can be computed again. They were paid for and are kept; onceover cache clear forgets them.`,
  ];
}
