import { hash } from "node:crypto";
import path from "node:path";
import zlib from "node:zlib";
import { DatabaseSync } from "node:sqlite";
import { MIGRATIONS } from "../../src/core/store/schema.ts";

/** As rows were packed before their seals covered keys. */
export function packOld(value: unknown): { readonly digest: Buffer; readonly body: Buffer } {
  const bytes = Buffer.from(JSON.stringify(value));
  const digest = (hash("sha256", bytes, "buffer") as Buffer).subarray(0, 16);
  return { digest, body: zlib.deflateRawSync(bytes) };
}

/** A store's database as the last version before there were such seals has written it; the caller closes it. */
export function createOldDatabase(folder: string): DatabaseSync {
  const db = new DatabaseSync(path.join(folder, "onceover.db"));
  const version = MIGRATIONS.findIndex((sql) => sql.includes("CREATE TABLE marks"));
  for (const sql of MIGRATIONS.slice(0, version)) db.exec(sql);
  db.exec(`PRAGMA journal_mode = wal; PRAGMA user_version = ${version}`);
  return db;
}
