/** Outlines by content, and what the contexts of files came to. Both can be computed again. */
import type { DatabaseSync } from "node:sqlite";
import type { MeasuredOutline } from "../workspace/outline/outline.ts";
import { outlineKey } from "../review/keys.ts";
import { packJson } from "./packedJson.ts";
import { rowCheck } from "./rowCheck.ts";
import { unpackRow } from "./sealedRows.ts";
import type { OutlineRow } from "./store.ts";
import { createUseNotes, DAY_MS } from "./useNotes.ts";

/** What a context was made from, and its hash ("" where there is none). */
export interface KnownContext {
  readonly contentHash: string;
  /** Of the workspace's paths and configuration. */
  readonly state: string;
  /** Paths in the folder with the contents that were looked at. */
  readonly consulted: readonly (readonly [string, string])[];
  readonly contextHash: string;
}

export interface Outlines {
  find(key: string): MeasuredOutline | undefined;
  /** Call inside a transaction. */
  save(rows: readonly OutlineRow[]): void;
  /** Whether something was found that has not been used for a day. */
  hasNotes(): boolean;
  /** Writes down what was found since the last call. Call inside a transaction. */
  noteUses(): void;
  /** By absolute path, for all files below a folder. */
  contextsBelow(root: string): Map<string, KnownContext>;
  context(path: string): KnownContext | undefined;
  /** Call inside a transaction. @param path absolute */
  saveContext(path: string, context: KnownContext): void;
}

export function createOutlines(db: DatabaseSync, now: () => number): Outlines {
  const select = db.prepare("SELECT key, used_at, digest, body FROM outlines WHERE key = ?");
  const insert = db.prepare(
    "INSERT OR REPLACE INTO outlines (key, used_at, cost_ms, digest, body) VALUES (?, ?, ?, ?, ?)",
  );
  const columns = "path, content_hash, workspace_state, consulted, context_hash, crc";
  const selectBelow = db.prepare(`SELECT ${columns} FROM contexts WHERE path >= ? AND path < ?`);
  const selectOne = db.prepare(`SELECT ${columns} FROM contexts WHERE path = ?`);
  const insertContext = db.prepare(`INSERT OR REPLACE INTO contexts (${columns}) VALUES (?, ?, ?, ?, ?, ?)`);
  const noteUse = createUseNotes(db, "outlines", now);
  const used = new Set<string>();
  return {
    find(key) {
      const row = select.get(key);
      if (row && now() - Number(row["used_at"]) > DAY_MS) used.add(key);
      return row && (unpackRow("outlines", row) as MeasuredOutline | undefined);
    },
    hasNotes: () => used.size > 0,
    noteUses() {
      for (const key of used) noteUse(key);
      used.clear();
    },
    save(rows) {
      for (const { contentHash, language, outlineVersion, outline, costMs } of rows) {
        const key = outlineKey(contentHash, language, outlineVersion);
        const { digest, body } = packJson(outline, [key]);
        insert.run(key, now(), costMs ?? 0, digest, body);
      }
    },
    contextsBelow(root) {
      const rows = selectBelow.all(root, `${root}\u{10ffff}`);
      return new Map(rows.filter(isSoundContext).map((row) => [String(row["path"]), contextOf(row)]));
    },
    context(path) {
      const row = selectOne.get(path);
      return row && isSoundContext(row) ? contextOf(row) : undefined;
    },
    saveContext(path, { contentHash, state, consulted, contextHash }) {
      const row = [path, contentHash, state, JSON.stringify(consulted), contextHash] as const;
      insertContext.run(...row, rowCheck(row));
    },
  };
}

/** A damaged row is not known: the context is worked out once more. */
function isSoundContext(row: Readonly<Record<string, unknown>>): boolean {
  const { path, content_hash, workspace_state, consulted, context_hash, crc } = row;
  return crc === null || crc === rowCheck([path, content_hash, workspace_state, consulted, context_hash]);
}

function contextOf(row: Readonly<Record<string, unknown>>): KnownContext {
  return {
    contentHash: String(row["content_hash"]),
    state: String(row["workspace_state"]),
    consulted: JSON.parse(String(row["consulted"])) as KnownContext["consulted"],
    contextHash: String(row["context_hash"]),
  };
}
