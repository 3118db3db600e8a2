/** Rows of before seals covered keys: their digest was over the body alone. Used by one migration. */
import { hash } from "node:crypto";
import zlib from "node:zlib";
import type { DatabaseSync } from "node:sqlite";
import { packJson, packText } from "./packedJson.ts";

/** SQL functions that live as long as the connection: `reseal` (null for a damaged row) and `seal_text`. */
export function addResealing(db: DatabaseSync): void {
  db.function("reseal", { deterministic: true, varargs: true }, (digest, body, ...sealed) => {
    try {
      const bytes = zlib.inflateRawSync(body as Uint8Array);
      const known = (hash("sha256", bytes, "buffer") as Buffer).subarray(0, 16);
      if (!known.equals(digest as Uint8Array)) return null;
      return packJson(JSON.parse(bytes.toString("utf8")), sealed as (string | number | null)[]).digest;
    } catch {
      return null;
    }
  });
  db.function("seal_text", { deterministic: true }, (packed, requestId, key) => {
    try {
      const text = zlib.inflateRawSync(packed as Uint8Array).toString("utf8");
      return packText(text, [String(requestId), String(key)]);
    } catch {
      return null;
    }
  });
}
