/** Which units a request about several of them was for. The request itself is one row of the ledger, under a key of its own. */
import type { DatabaseSync } from "node:sqlite";
import { unpackText } from "./packedJson.ts";
import type { PlannedUnit } from "./store.ts";

export interface Packs {
  /** @param keys of its units, in the order of the request */
  save(requestId: string, keys: readonly string[]): void;
  /** Of its units, in the order of the request; empty: it was about one unit. */
  keysOf(requestId: string): string[];
  /** Every unit of it has an answer. */
  isAnswered(requestId: string): boolean;
  /** As the ledger's, for a unit that was one of several. */
  unreadReply(key: string): PlannedUnit["rawReply"];
}

export function createPacks(db: DatabaseSync): Packs {
  const insert = db.prepare("INSERT INTO pack_units (key, request_id, position, units) VALUES (?, ?, ?, ?)");
  const select = db.prepare("SELECT key FROM pack_units WHERE request_id = ? ORDER BY position");
  const countOpen = db.prepare(
    `SELECT count(*) AS open FROM pack_units LEFT JOIN reviews ON reviews.key = pack_units.key
     WHERE request_id = ? AND reviews.key IS NULL`,
  );
  const selectReceived = db.prepare(
    `SELECT ledger.request_id AS request_id, raw, position, units
     FROM pack_units JOIN ledger ON ledger.request_id = pack_units.request_id
     WHERE pack_units.key = ? AND state = 'received' AND raw IS NOT NULL`,
  );
  return {
    save: (requestId, keys) => keys.forEach((key, position) => insert.run(key, requestId, position, keys.length)),
    keysOf: (requestId) => select.all(requestId).map((row) => String(row["key"])),
    isAnswered: (requestId) => Number(countOpen.get(requestId)?.["open"]) === 0,
    unreadReply(key) {
      const row = selectReceived.get(key);
      const text = row && unpackText(row["raw"] as Uint8Array);
      if (!row || text === undefined) return null;
      const place = { position: Number(row["position"]), units: Number(row["units"]) };
      return { requestId: String(row["request_id"]), text, place };
    },
  };
}
