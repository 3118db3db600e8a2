/** The durable record of requests and what they cost. Rows are added and completed, never removed. */
import type { DatabaseSync } from "node:sqlite";
import { isAlive } from "./leases.ts";
import { packText, unpackText } from "./packedJson.ts";
import type { Intent, RequestSize } from "./intent.ts";
import type { PlannedUnit } from "./plan.ts";
import type { Receipt, Settlement } from "./settlement.ts";

const NO_SIZE: { readonly [Part in keyof RequestSize]: null } = {
  promptBytes: null,
  sharedBytes: null,
  ownBytes: null,
  unitBytes: null,
  language: null,
  units: null,
  recipe: null,
};

export function createLedger(db: DatabaseSync, owner: string, now: () => number) {
  const insert = db.prepare(
    `INSERT INTO ledger (request_id, run_id, key, owner, provider, model, origin, attempt, state, created_at, reserved_nano, reason,
       prompt_bytes, shared_bytes, own_bytes, unit_bytes, language, asked_units, asked_recipe)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'intent', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
     LEFT JOIN leases ON leases.key = ledger.key WHERE state = 'intent'
       -- What a provider has for the night needs no process that waits.
       AND request_id NOT IN (SELECT request_id FROM batch_units)`,
  );
  const selectKey = db.prepare("SELECT key FROM ledger WHERE request_id = ?");
  const selectOpenRun = db.prepare(
    `SELECT run_id FROM ledger WHERE (key = ?1 OR request_id IN (SELECT request_id FROM pack_units WHERE key = ?1))
       AND state IN ('intent', 'received') AND owner = ?2 AND run_id <> ?3
       AND request_id NOT IN (SELECT request_id FROM batch_units)`,
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

  const keyOf = (requestId: string) => selectKey.get(requestId)?.["key"] as string | undefined;

  return {
    keyOf,
    /** Another run of this process that has asked for the key and not yet said what came of it. */
    openRun(key: string, ownRunId: string): string | undefined {
      return selectOpenRun.get(key, owner, ownRunId)?.["run_id"] as string | undefined;
    },
    intent(row: Omit<Intent, "place">): void {
      const { requestId, runId, key, provider, model, origin, attempt, reservedNano, reason, size } = row;
      const { promptBytes, sharedBytes, ownBytes, unitBytes, language, units, recipe } = size ?? NO_SIZE;
      const made = [promptBytes, sharedBytes, ownBytes, unitBytes, language, units, recipe] as const;
      insert.run(requestId, runId, key, owner, provider, model, origin, attempt, now(), reservedNano, reason, ...made);
    },
    received(requestId: string, raw: string, receipt: Receipt): void {
      finish(requestId, "received", receipt, null, packText(raw, [requestId, keyOf(requestId) ?? null]));
    },
    settled(requestId: string, code: string | null, isRead: boolean): void {
      settle.run(code === null ? "settled" : "failed", code, isRead ? 1 : 0, requestId);
    },
    failed(requestId: string, code: string, receipt: Receipt): void {
      finish(requestId, "failed", receipt, code, null);
    },
    /** A paid reply of an earlier process that ended before reading it. */
    unreadReply(key: string): PlannedUnit["rawReply"] {
      for (const row of selectReceived.all(key)) {
        const requestId = String(row["request_id"]);
        const text = unpackText(row["raw"] as Uint8Array, [requestId, key]);
        if (text !== undefined) return { requestId, text };
      }
      return null;
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

/** Whether all that its reply says is stored in another form. */
export function isRead({ review, looks }: Pick<Settlement, "review" | "looks">): boolean {
  return review !== null || looks !== undefined;
}

export type Ledger = ReturnType<typeof createLedger>;
