/**
 * JSON and text as stored: raw deflate, with a seal that tells a damaged row from a sound one. The seal is over the
 * uncompressed bytes and over what the row says beside them (its key, say), so that no row passes for another one's.
 */
import { pipeline } from "node:stream/promises";
import zlib from "node:zlib";
import { jsonParts } from "./jsonParts.ts";
import { createSeal, SEAL_BYTES, sealOf, type Sealed } from "./seal.ts";

/**
 * For each call zlib takes a buffer of 16 KB for what comes out, and a quarter of a megabyte to work with: thousands of
 * small rows would leave 40 MB for the collector to find.
 */
const LARGE = 16 * 1024;
const LEAST_CHUNK = 64;

const LEVEL = 4;

export interface Packed {
  readonly digest: Uint8Array;
  readonly body: Uint8Array;
}

export function packJson(value: unknown, sealed: Sealed): Packed {
  const bytes = Buffer.from(JSON.stringify(value));
  return { digest: sealOf(bytes, sealed), body: deflate(bytes) };
}

/** As packJson, for megabytes: little by little, between which others have their turn. */
export async function packJsonInParts(value: unknown, sealed: Sealed): Promise<Packed> {
  const seal = createSeal(sealed);
  const chunks: Buffer[] = [];
  await pipeline(
    function* () {
      for (const bytes of largeParts(value)) {
        seal.add(bytes);
        yield bytes;
      }
    },
    zlib.createDeflateRaw({ level: LEVEL }),
    async (deflated: AsyncIterable<Buffer>) => {
      for await (const chunk of deflated) chunks.push(chunk);
    },
  );
  return { digest: seal.digest(), body: Buffer.concat(chunks) };
}

/** Each goes to another thread to be deflated, which takes longer than a small one is worth. */
function* largeParts(value: unknown): Generator<Buffer, void> {
  let text = "";
  for (const part of jsonParts(value)) {
    text += part;
    if (text.length < LARGE) continue;
    yield Buffer.from(text);
    text = "";
  }
  if (text !== "") yield Buffer.from(text);
}

/** What most analyses hold: nothing. Told by its bytes, it need not be inflated thousands of times. */
const EMPTY_LIST = Buffer.from("[]");
const PACKED_EMPTY_LIST = deflate(EMPTY_LIST);

/** undefined when the row is damaged: a miss, never a wrong answer. */
export function unpackJson(digest: Uint8Array, body: Uint8Array, sealed: Sealed): unknown {
  const bytes = unpackBytes(digest, body, sealed);
  return bytes === EMPTY_LIST ? [] : bytes && JSON.parse(bytes.toString("utf8"));
}

/** As unpackJson, not parsed: UTF-8. */
export function unpackBytes(digest: Uint8Array, body: Uint8Array, sealed: Sealed): Buffer | undefined {
  try {
    const bytes = PACKED_EMPTY_LIST.equals(body) ? EMPTY_LIST : zlib.inflateRawSync(body, chunkFor(body));
    return sealOf(bytes, sealed).equals(digest) ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** The seal and the deflated text in one. */
export function packText(text: string, sealed: Sealed): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([sealOf(bytes, sealed), deflate(bytes)]);
}

/**
 * undefined when it is damaged.
 * @param maxBytes of the text; more, too, is damage. Missing: whoever packed it was ourselves
 */
export function unpackText(packed: Uint8Array, sealed: Sealed, maxBytes?: number): string | undefined {
  try {
    const bytes = zlib.inflateRawSync(packed.subarray(SEAL_BYTES), {
      ...chunkFor(packed),
      ...(maxBytes !== undefined && { maxOutputLength: maxBytes }),
    });
    return sealOf(bytes, sealed).equals(packed.subarray(0, SEAL_BYTES)) ? bytes.toString("utf8") : undefined;
  } catch {
    return undefined;
  }
}

function deflate(bytes: Uint8Array): Buffer {
  if (bytes.length >= LARGE) return zlib.deflateRawSync(bytes, { level: LEVEL });
  return zlib.deflateRawSync(bytes, {
    level: LEVEL,
    windowBits: 14,
    memLevel: 6,
    chunkSize: bytes.length + LEAST_CHUNK,
  });
}

/** As a rule what is packed was four times as large. */
const chunkFor = (packed: Uint8Array) => ({ chunkSize: Math.min(LARGE, 4 * packed.length + LEAST_CHUNK) });
