/** Waiting for another process's lock without holding the thread: a thread inside SQLite cannot be ended. */
import { setTimeout } from "node:timers/promises";

const BUSY = 5;
const RETRY_MS = 20;
/** After this long behind another process's lock a call fails instead of waiting on. */
const GIVE_UP_AFTER_MS = 120_000;

/** SQLite's primary result code of what a statement threw, also behind an error that was made of it; 0: none. */
export function sqliteCode(error: unknown): number {
  const { errcode, cause } = error as { errcode?: unknown; cause?: unknown };
  if (typeof errcode === "number") return errcode & 0xff;
  return cause instanceof Error ? sqliteCode(cause) : 0;
}

export function isBusy(error: unknown): boolean {
  return sqliteCode(error) === BUSY;
}

/** @param work is run again, as a whole, while the database is locked: it must leave no transaction behind */
export async function whenNotBusy<T>(work: () => T | Promise<T>): Promise<T> {
  const startedAt = performance.now();
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || performance.now() - startedAt > GIVE_UP_AFTER_MS) throw error;
    }
    await setTimeout(RETRY_MS);
  }
}
