/** Which units a request about several of them was for. The request itself is one row of the ledger, under a key of its own. */
import type { DatabaseSync } from "node:sqlite";
import { unpackText } from "./packedJson.ts";
import { rowCheck } from "./rowCheck.ts";
import type { PlannedUnit } from "./plan.ts";

export interface Packs {
  /** @param keys of its units, in the order of the request */
  save(requestId: string, keys: readonly string[]): void;
  /** Of its units, in the order of the request; empty: it was about one unit. */
  keysOf(requestId: string): string[];
  /** The unit is none of it any more: nothing of the reply is for it. */
  leave(requestId: string, key: string): void;
  /** Every unit of it has an answer. */
  isAnswered(requestId: string): boolean;
  /** As the ledger's, for a unit that was one of several. */
  unreadReply(key: string): PlannedUnit["rawReply"];
}

export function createPacks(db: DatabaseSync): Packs {
  const insert = db.prepare("INSERT INTO pack_units (key, request_id, position, units, crc) VALUES (?, ?, ?, ?, ?)");
  const select = db.prepare("SELECT key FROM pack_units WHERE request_id = ? ORDER BY position");
  const drop = db.prepare("DELETE FROM pack_units WHERE request_id = ? AND key = ?");
  const countOpen = db.prepare(
    `SELECT count(*) AS open FROM pack_units LEFT JOIN reviews ON reviews.key = pack_units.key
     WHERE request_id = ? AND reviews.key IS NULL`,
  );
  const selectReceived = db.prepare(
    `SELECT ledger.request_id AS request_id, ledger.key AS asked, raw, position, units, crc
     FROM pack_units JOIN ledger ON ledger.request_id = pack_units.request_id
     WHERE pack_units.key = ? AND state = 'received' AND raw IS NOT NULL`,
  );
  return {
    save: (requestId, keys) =>
      keys.forEach((key, position) => {
        const row = [key, requestId, position, keys.length] as const;
        insert.run(...row, rowCheck(row));
      }),
    leave: (requestId, key) => void drop.run(requestId, key),
    keysOf: (requestId) => select.all(requestId).map((row) => String(row["key"])),
    isAnswered: (requestId) => Number(countOpen.get(requestId)?.["open"]) === 0,
    unreadReply(key) {
      for (const row of selectReceived.all(key)) {
        const { position, units, crc } = row;
        const requestId = String(row["request_id"]);
        // In a damaged row another unit's place could stand.
        if (crc !== null && crc !== rowCheck([key, requestId, position, units])) continue;
        const text = unpackText(row["raw"] as Uint8Array, [requestId, String(row["asked"])]);
        if (text !== undefined) return { requestId, text, place: { position: Number(position), units: Number(units) } };
      }
      return null;
    },
  };
}
