/**
 * A lease says which process is paying for a key, so that two of them never pay for the same unit. It ends by
 * settlement, by expiry, or at once when its owner's process is gone from this machine.
 */
import os from "node:os";
import type { DatabaseSync } from "node:sqlite";

/** Renewed every third of it; long enough for a machine that stutters, short enough to wait for. */
export const LEASE_MS = 15_000;

const RUN_MARK = "run:";

/** A run holds this one from its beginning to its end: while there is one, the store is in use. Never a unit's key. */
export function runLease(runId: string): string {
  return RUN_MARK + runId;
}

export interface Leases {
  readonly owner: string;
  /** Takes or keeps the lease; otherwise tells how long the other one still holds. Call inside a transaction. */
  acquire(key: string): { readonly granted: true } | { readonly granted: false; readonly expiresInMs: number };
  release(key: string): void;
  releaseAll(): void;
  renewAll(): void;
}

/** Whose runs are under way, on this machine and on others that share the store. */
export function ownersOfRuns(db: DatabaseSync, nowMs: number): string[] {
  return db
    .prepare("SELECT owner, expires_at FROM leases WHERE key >= ? AND key < ?")
    .all(RUN_MARK, `${RUN_MARK}\uffff`)
    .filter((row) => isHeld(String(row["owner"]), Number(row["expires_at"]) - nowMs))
    .map((row) => String(row["owner"]));
}

/** Whether that run is under way. */
export function isUnderWay(db: DatabaseSync, runId: string): boolean {
  return db.prepare("SELECT 1 FROM leases WHERE key = ?").get(runLease(runId)) !== undefined;
}

/** A clock that jumped back must not make a lease last longer than one could have been taken for. */
function isHeld(owner: string, expiresInMs: number): boolean {
  return expiresInMs > 0 && expiresInMs <= LEASE_MS && isAlive(owner);
}

export function createLeases(db: DatabaseSync, owner: string, now: () => number): Leases {
  const select = db.prepare("SELECT owner, expires_at FROM leases WHERE key = ?");
  const take = db.prepare(
    `INSERT INTO leases (key, owner, expires_at) VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET owner = excluded.owner, expires_at = excluded.expires_at`,
  );
  const drop = db.prepare("DELETE FROM leases WHERE key = ? AND owner = ?");
  const dropAll = db.prepare("DELETE FROM leases WHERE owner = ?");
  const renew = db.prepare("UPDATE leases SET expires_at = ? WHERE owner = ?");
  return {
    owner,
    acquire(key) {
      const held = select.get(key);
      const expiresInMs = held && held["owner"] !== owner ? Number(held["expires_at"]) - now() : 0;
      if (isHeld(String(held?.["owner"]), expiresInMs)) return { granted: false, expiresInMs };
      take.run(key, owner, now() + LEASE_MS);
      return { granted: true };
    },
    release: (key) => void drop.run(key, owner),
    releaseAll: () => void dropAll.run(owner),
    renewAll: () => void renew.run(now() + LEASE_MS, owner),
  };
}

/** host:pid:random. The random part tells two stores of one process apart. */
export function createOwner(random: string): string {
  return `${os.hostname().replaceAll(":", "-")}:${process.pid}:${random}`;
}

/** True unless the owner certainly is gone: other hosts cannot be asked. */
export function isAlive(owner: string): boolean {
  const [host, pid] = owner.split(":");
  if (host !== os.hostname().replaceAll(":", "-")) return true;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === "EPERM";
  }
}
