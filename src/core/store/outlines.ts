/** Outlines by content, and what the contexts of files came to. Both can be computed again. */
import type { DatabaseSync } from "node:sqlite";
import type { MeasuredOutline } from "../workspace/outline/outline.ts";
import { outlineKey } from "../review/keys.ts";
import { packJson, unpackJson } from "./packedJson.ts";
import type { OutlineRow } from "./store.ts";

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
  /** By absolute path, for all files below a folder. */
  contextsBelow(root: string): Map<string, KnownContext>;
  context(path: string): KnownContext | undefined;
  /** Call inside a transaction. @param path absolute */
  saveContext(path: string, context: KnownContext): void;
}

export function createOutlines(db: DatabaseSync, now: () => number): Outlines {
  const select = db.prepare("SELECT digest, body FROM outlines WHERE key = ?");
  const insert = db.prepare("INSERT OR REPLACE INTO outlines (key, used_at, digest, body) VALUES (?, ?, ?, ?)");
  const columns = "path, content_hash, workspace_state, consulted, context_hash";
  const selectBelow = db.prepare(`SELECT ${columns} FROM contexts WHERE path >= ? AND path < ?`);
  const selectOne = db.prepare(`SELECT ${columns} FROM contexts WHERE path = ?`);
  const insertContext = db.prepare(`INSERT OR REPLACE INTO contexts (${columns}) VALUES (?, ?, ?, ?, ?)`);
  return {
    find(key) {
      const row = select.get(key);
      return row && (unpackJson(row["digest"] as Uint8Array, row["body"] as Uint8Array) as MeasuredOutline | undefined);
    },
    save(rows) {
      for (const { contentHash, language, outlineVersion, outline } of rows) {
        const { digest, body } = packJson(outline);
        insert.run(outlineKey(contentHash, language, outlineVersion), now(), digest, body);
      }
    },
    contextsBelow(root) {
      const rows = selectBelow.all(root, `${root}\u{10ffff}`);
      return new Map(rows.map((row) => [String(row["path"]), contextOf(row)]));
    },
    context(path) {
      const row = selectOne.get(path);
      return row && contextOf(row);
    },
    saveContext(path, { contentHash, state, consulted, contextHash }) {
      insertContext.run(path, contentHash, state, JSON.stringify(consulted), contextHash);
    },
  };
}

function contextOf(row: Readonly<Record<string, unknown>>): KnownContext {
  return {
    contentHash: String(row["content_hash"]),
    state: String(row["workspace_state"]),
    consulted: JSON.parse(String(row["consulted"])) as KnownContext["consulted"],
    contextHash: String(row["context_hash"]),
  };
}
