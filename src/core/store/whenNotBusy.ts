/** Waiting for another process's lock without holding the thread: a thread inside SQLite cannot be ended. */
import { setTimeout } from "node:timers/promises";

const BUSY = 5;
const RETRY_MS = 20;
/** After this long behind another process's lock a call fails instead of waiting on. */
const GIVE_UP_AFTER_MS = 120_000;

/** SQLite's extended result code of what a statement threw, also behind an error that was made of it; 0: none. */
export function extendedCode(error: unknown): number {
  const { errcode, cause } = error as { errcode?: unknown; cause?: unknown };
  if (typeof errcode === "number") return errcode;
  return cause instanceof Error ? extendedCode(cause) : 0;
}

/** As `extendedCode`, the primary code alone. */
export function sqliteCode(error: unknown): number {
  return extendedCode(error) & 0xff;
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
