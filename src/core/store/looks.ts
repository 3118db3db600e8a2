/** Second looks by what was looked at, and where stored reviews find theirs. A damaged row is a miss. */
import type { DatabaseSync } from "node:sqlite";
import type { SecondLook } from "../../shared/report.ts";
import { packJson } from "./packedJson.ts";
import { unpackRow } from "./sealedRows.ts";
import type { Settlement } from "./settlement.ts";
import type { LookKeys, LookRow } from "./storedReview.ts";

export interface FoundLook {
  readonly look: SecondLook;
  readonly listPriceNano: number | null;
}

export function createLooks(db: DatabaseSync, now: () => number) {
  const select = db.prepare("SELECT key, list_price_nano, digest, body FROM looks WHERE key = ?");
  const selectAt = db.prepare(
    `SELECT looks.key AS key, list_price_nano, digest, body FROM look_places JOIN looks ON looks.key = look_places.key
     WHERE look_places.place = ?`,
  );
  const insert = db.prepare(
    `INSERT OR REPLACE INTO looks (key, model, recipe, run_id, created_at, list_price_nano, digest, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertPlace = db.prepare("INSERT OR REPLACE INTO look_places (place, key) VALUES (?, ?)");
  return {
    /** Of a claim in a stored review. */
    at(place: string): FoundLook | undefined {
      return foundIn(selectAt.get(place));
    },
    /** Call inside a transaction: what is found is noted under its place. */
    find(keys: readonly LookKeys[]): (SecondLook | undefined)[] {
      return keys.map(({ key, place }) => {
        const found = foundIn(select.get(key));
        if (found) insertPlace.run(place, key);
        return found?.look;
      });
    },
    /** Call inside a transaction. */
    save(rows: readonly LookRow[], { model, recipe, runId }: Pick<Settlement, "model" | "recipe" | "runId">): void {
      for (const { key, place, look, listPriceNano } of rows) {
        const { digest, body } = packJson(look, [key, listPriceNano]);
        insert.run(key, model, recipe, runId, now(), listPriceNano, digest, body);
        insertPlace.run(place, key);
      }
    },
  };
}

function foundIn(row: Readonly<Record<string, unknown>> | undefined): FoundLook | undefined {
  const look = row && (unpackRow("looks", row) as SecondLook | undefined);
  return look && { look, listPriceNano: row["list_price_nano"] as number | null };
}

export type Looks = ReturnType<typeof createLooks>;
