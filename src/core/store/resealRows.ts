/** Rows of before seals covered keys: their digest was over the body alone. Used by one migration. */
import { hash } from "node:crypto";
import zlib from "node:zlib";
import type { DatabaseSync } from "node:sqlite";
import { packJson, packText, unpackText } from "./packedJson.ts";
import type { Sealed } from "./seal.ts";

/** SQL functions that live as long as the connection: `reseal` and `seal_text` (null for a damaged row), and `pack_text`. */
export function addResealing(db: DatabaseSync): void {
  db.function("reseal", { deterministic: true, varargs: true }, (digest, body, ...sealed) => {
    try {
      const bytes = zlib.inflateRawSync(body as Uint8Array);
      const known = (hash("sha256", bytes, "buffer") as Buffer).subarray(0, 16);
      if (!known.equals(digest as Uint8Array)) return null;
      return packJson(JSON.parse(bytes.toString("utf8")), sealed as Sealed).digest;
    } catch {
      return null;
    }
  });
  db.function("seal_text", { deterministic: true }, (packed, requestId, key) => {
    const sealed = [String(requestId), String(key)];
    // What is saved of a damaged file in two passes comes here twice.
    if (unpackText(packed as Uint8Array, sealed) !== undefined) return packed;
    try {
      const text = zlib.inflateRawSync(packed as Uint8Array).toString("utf8");
      return packText(text, sealed);
    } catch {
      return null;
    }
  });
  db.function("pack_text", { deterministic: true, varargs: true }, (text, ...sealed) => {
    return packText(String(text), sealed as Sealed);
  });
}
