/** The store's calls about batches, as its worker serves them. */
import type { BatchStore, BatchUnit, BatchUnitAnswer, BatchUnitEnd, NewBatch } from "./batches.ts";
import { isPaidByOtherRun } from "./recordIntent.ts";
import type { StoreParts } from "./storeParts.ts";

type Write = <T>(work: (own: StoreParts) => T) => Promise<T>;

/** @param write carries out its work in a transaction */
export function createBatchCalls(write: Write, now: () => number): BatchStore {
  return {
    recordBatch: (batch, units, useCache, dailyLimitNano) =>
      write((own) => recordBatch(own, { batch, units, useCache, dailyLimitNano, nowMs: now() })),
    noteBatch: (id, note) => write(({ batches }) => batches.note(id, note)),
    batches: (which) => write(({ batches }) => batches.list(which)),
    batchUnits: (id, requestIds) => write(({ batches }) => batches.units(id, requestIds)),
    endBatchUnits: (id, ends) => write((own) => ends.filter((end) => endBatchUnit(own, id, end)).length),
    endBatch: (id, state, problem) => write(({ batches }) => batches.end(id, state, problem)),
  };
}

interface Recording {
  readonly batch: NewBatch;
  readonly units: readonly BatchUnit[];
  readonly useCache: boolean;
  readonly dailyLimitNano: number | null;
  readonly nowMs: number;
}

/** One transaction: of two windows that hand over the same work at once, one does. */
function recordBatch(parts: StoreParts, recording: Recording): BatchUnitAnswer[] {
  const { batch, units, useCache } = recording;
  const day = parts.day();
  let leftNano =
    recording.dailyLimitNano === null ? Infinity : recording.dailyLimitNano - day.spentNano - day.reservedNano;
  const granted: BatchUnit[] = [];
  const taken = new Set<string>();
  const answers = units.map((unit): BatchUnitAnswer => {
    const { key, reservedNano, asksAgain } = unit.intent;
    if (useCache && parts.reviews.find(key)) return "answered";
    if (taken.has(key) || (useCache && !asksAgain && parts.batches.isOut(key))) return "submitted";
    if (isPaidByOtherRun(parts, unit.intent) || !parts.leases.acquire(key).granted) return "held";
    // Held for a moment only, to see whether it is free: what is handed over needs nobody who renews a lease.
    parts.leases.release(key);
    if (reservedNano > leftNano) return "over-daily-budget";
    leftNano -= reservedNano;
    taken.add(key);
    granted.push(unit);
    return "granted";
  });
  if (granted.length === 0) return answers;
  parts.batches.insert(batch, granted);
  for (const unit of granted) {
    parts.ledger.intent(unit.intent);
    parts.batches.insertUnit(batch.id, unit);
    parts.history.save(unit.intent.place, unit.intent.key);
  }
  return answers;
}

/** The ledger, the review and the end of the waiting are one: who collects twice finds nothing the second time. */
function endBatchUnit(parts: StoreParts, id: string, end: BatchUnitEnd): boolean {
  if (!parts.batches.endUnit(id, end)) return false;
  const { requestId, receipt, reply, code } = end;
  if (reply) {
    parts.ledger.received(requestId, reply.raw, receipt);
    parts.reviews.save(reply.settlement);
    parts.ledger.settled(requestId, reply.settlement.code, reply.settlement.review !== null);
  } else parts.ledger.failed(requestId, code ?? "batch-failed", receipt);
  return true;
}
