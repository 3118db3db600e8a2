/** What a paid reply has brought, and the end of its request, in one. Called inside a transaction. */
import { isRead } from "./ledger.ts";
import type { PackSettlement, Settlement } from "./settlement.ts";
import type { StoreParts } from "./storeParts.ts";

export function settle(parts: StoreParts, settlement: Settlement): void {
  const { reviews, ledger, leases, packs } = parts;
  const { requestId, key, code } = settlement;
  if (settlement.looks !== undefined) return settleLook(parts, settlement);
  reviews.save(settlement);
  // What this unit cannot read is still there for the others.
  if (code !== null) packs.leave(requestId, key);
  // A reply about several units is read by each of them.
  if (packs.keysOf(requestId).length === 0 || packs.isAnswered(requestId)) {
    ledger.settled(requestId, code, isRead(settlement));
  }
  // Also when it is to be asked once more: whoever held it while waiting for money could wait for somebody who waits
  // for this lease.
  leases.release(key);
}

/** Also of a reply that could not be read: nobody else will read it either. */
export function settleLook({ reviews, ledger, leases, packs }: StoreParts, settlement: Settlement): void {
  const { requestId, key, code } = settlement;
  reviews.save(settlement);
  ledger.settled(requestId, code, isRead(settlement));
  for (const one of [...packs.keysOf(requestId), key]) leases.release(one);
}

export function settlePack(
  { reviews, ledger, leases, packs }: StoreParts,
  { requestId, key, settlements, code }: PackSettlement,
): void {
  for (const settlement of settlements) reviews.save(settlement);
  ledger.settled(requestId, code, packs.isAnswered(requestId));
  for (const one of [...packs.keysOf(requestId), key]) leases.release(one);
}
