/** The durable record of requests and what they cost. Rows are added and completed, never removed. */
import type { DatabaseSync } from "node:sqlite";
import { isAlive } from "./leases.ts";
import { packText, unpackText } from "./packedJson.ts";
import type { Intent, PlannedUnit, Receipt } from "./store.ts";

export function createLedger(db: DatabaseSync, owner: string, now: () => number) {
  const insert = db.prepare(
    `INSERT INTO ledger (request_id, run_id, key, owner, provider, model, origin, attempt, state, created_at, reserved_nano, reason,
       prompt_bytes, shared_bytes, own_bytes, unit_bytes, language)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'intent', ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const complete = db.prepare(
    `UPDATE ledger SET state = ?, ended_at = ?, cost_nano = ?, maybe_nano = ?, input_tokens = ?, cached_input_tokens = ?,
       cache_write_tokens = ?, output_tokens = ?, service_tier = ?, provider_request_id = ?, code = ?, raw = ?
     WHERE request_id = ?`,
  );
  // A reply that became a review is not needed in raw form any more; one that did not is kept for whoever asks why.
  const settle = db.prepare(
    `UPDATE ledger SET state = ?, code = ?, raw = CASE WHEN ? THEN NULL ELSE raw END WHERE request_id = ?`,
  );
  const selectReceived = db.prepare(
    "SELECT request_id, raw FROM ledger WHERE key = ? AND state = 'received' AND raw IS NOT NULL",
  );
  const selectIntents = db.prepare(
    `SELECT request_id, ledger.owner AS owner, leases.owner AS holder, expires_at FROM ledger
     LEFT JOIN leases ON leases.key = ledger.key WHERE state = 'intent'`,
  );
  const abandon = db.prepare(
    "UPDATE ledger SET state = 'failed', code = 'interrupted', ended_at = ?, maybe_nano = reserved_nano WHERE request_id = ?",
  );

  const finish = (requestId: string, state: string, receipt: Receipt, code: string | null, raw: Buffer | null) => {
    const { usage } = receipt;
    complete.run(
      state,
      now(),
      receipt.costNano,
      receipt.maybeNano,
      usage?.inputTokens ?? null,
      usage?.cachedInputTokens ?? null,
      usage?.cacheWriteTokens ?? null,
      usage?.outputTokens ?? null,
      receipt.serviceTier,
      receipt.providerRequestId,
      code,
      raw,
      requestId,
    );
  };

  return {
    intent(row: Intent): void {
      const { requestId, runId, key, provider, model, origin, attempt, reservedNano, reason, size } = row;
      const sizes = [size?.promptBytes, size?.sharedBytes, size?.ownBytes, size?.unitBytes, size?.language];
      const made = sizes.map((value) => value ?? null);
      insert.run(requestId, runId, key, owner, provider, model, origin, attempt, now(), reservedNano, reason, ...made);
    },
    received(requestId: string, raw: string, receipt: Receipt): void {
      finish(requestId, "received", receipt, null, packText(raw));
    },
    settled(requestId: string, code: string | null, isReview: boolean): void {
      settle.run(code === null ? "settled" : "failed", code, isReview ? 1 : 0, requestId);
    },
    failed(requestId: string, code: string, receipt: Receipt): void {
      finish(requestId, "failed", receipt, code, null);
    },
    /** A paid reply of an earlier process that ended before reading it. */
    unreadReply(key: string): PlannedUnit["rawReply"] {
      const row = selectReceived.get(key);
      const text = row && unpackText(row["raw"] as Uint8Array);
      return row && text !== undefined ? { requestId: String(row["request_id"]), text } : null;
    },
    /** Requests whose process is gone: they may have been billed. Call inside a transaction. */
    closeAbandoned(): number {
      // Whoever still waits for a reply holds the key's lease and renews it; a process on another host cannot be asked.
      const gone = selectIntents.all().filter((row) => {
        const isHeld = row["holder"] === row["owner"] && Number(row["expires_at"]) > now();
        return !isHeld || !isAlive(String(row["owner"]));
      });
      for (const row of gone) abandon.run(now(), String(row["request_id"]));
      return gone.length;
    },
  };
}

export type Ledger = ReturnType<typeof createLedger>;
