/** What was last asked about each part of each file, so that a miss can say why it is one. */
import type { DatabaseSync } from "node:sqlite";
import type { ContextParts, EarlierUnit } from "../review/missReason.ts";
import type { UnitPlace } from "./intent.ts";

export interface UnitHistory {
  /** @param path absolute */
  find(path: string, ordinal: number): EarlierUnit | undefined;
  save(place: UnitPlace, key: string): void;
  has(path: string, ordinal: number): boolean;
}

/** How a request ended, by the state that the ledger has of it. */
const OUTCOMES: Readonly<Record<string, EarlierUnit["outcome"]>> = {
  settled: "answered",
  received: "answered",
  failed: "failed",
  intent: "open",
};

export function createUnitHistory(db: DatabaseSync): UnitHistory {
  const select = db.prepare(
    "SELECT key, content_hash, context_hash, recipe, model, context_parts FROM unit_history WHERE path = ? AND ordinal = ?",
  );
  const isKnown = db.prepare("SELECT 1 FROM unit_history WHERE path = ? AND ordinal = ?");
  const newest = db.prepare(
    `SELECT state, created_at FROM ledger WHERE key = ?1
     UNION ALL
     SELECT state, created_at FROM pack_units JOIN ledger ON ledger.request_id = pack_units.request_id
     WHERE pack_units.key = ?1
     ORDER BY created_at DESC LIMIT 1`,
  );
  const upsert = db.prepare(
    `INSERT OR REPLACE INTO unit_history (path, ordinal, key, content_hash, context_hash, recipe, model, context_parts)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return {
    find(path, ordinal) {
      const row = select.get(path, ordinal);
      if (!row) return undefined;
      const state = newest.get(String(row["key"]))?.["state"];
      return {
        contentHash: String(row["content_hash"]),
        contextHash: String(row["context_hash"]),
        recipe: String(row["recipe"]),
        model: String(row["model"]),
        parts: typeof row["context_parts"] === "string" ? unpackParts(row["context_parts"]) : null,
        outcome: OUTCOMES[String(state)] ?? null,
      };
    },
    has: (path, ordinal) => isKnown.get(path, ordinal) !== undefined,
    save(place, key) {
      const { path, ordinal, contentHash, contextHash, recipe, model, parts } = place;
      upsert.run(path, ordinal, key, contentHash, contextHash, recipe, model, parts && packParts(parts));
    },
  };
}

/** Compact: there is one for every part of every file that was ever sent. */
type PackedParts = readonly [workspace: string, ...symbols: readonly (readonly [string, string, string])[]];

function packParts({ workspace, symbols }: ContextParts): string {
  const packed: PackedParts = [workspace, ...symbols.map(({ path, name, hash }) => [path, name, hash] as const)];
  return JSON.stringify(packed);
}

function unpackParts(text: string): ContextParts {
  const [workspace, ...symbols] = JSON.parse(text) as PackedParts;
  return { workspace, symbols: symbols.map(([path, name, hash]) => ({ path, name, hash })) };
}
