/** JSON as stored: raw deflate, with a digest that tells a damaged row from a sound one. */
import { hash } from "node:crypto";
import zlib from "node:zlib";

export interface Packed {
  readonly digest: Buffer;
  readonly body: Buffer;
}

export function packJson(value: unknown): Packed {
  const bytes = Buffer.from(JSON.stringify(value));
  return { digest: digestOf(bytes), body: zlib.deflateRawSync(bytes, { level: 4 }) };
}

/** What most analyses hold: nothing. Told by its bytes, it need not be inflated thousands of times. */
const NOTHING = packJson([]);

/** undefined when the row is damaged: a miss, never a wrong answer. */
export function unpackJson(digest: Uint8Array, body: Uint8Array): unknown {
  if (NOTHING.body.equals(body) && NOTHING.digest.equals(digest)) return [];
  const bytes = unpackBytes(digest, body);
  return bytes && JSON.parse(bytes.toString("utf8"));
}

/** As unpackJson, not parsed: UTF-8. */
export function unpackBytes(digest: Uint8Array, body: Uint8Array): Buffer | undefined {
  try {
    const bytes = zlib.inflateRawSync(body);
    return digestOf(bytes).equals(digest) ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** 16 bytes tell accidents apart; nobody but the owner can write here. */
function digestOf(bytes: Buffer): Buffer {
  return (hash("sha256", bytes, "buffer") as Buffer).subarray(0, 16);
}

export function packText(text: string): Buffer {
  return zlib.deflateRawSync(text, { level: 4 });
}

export function unpackText(body: Uint8Array): string | undefined {
  try {
    return zlib.inflateRawSync(body).toString("utf8");
  } catch {
    return undefined;
  }
}
