/** By its seal a damaged row or file is told from a sound one. */
import { createHash } from "node:crypto";

/** What else the seal is over. Values that are part of it must be the same when it is read. */
export type Sealed = readonly (string | number | null)[];

export const SEAL_BYTES = 16;

/** 16 bytes tell accidents apart; nobody but the owner can write here. */
export function sealOf(bytes: Uint8Array, sealed: Sealed): Buffer {
  const seal = createSeal(sealed);
  seal.add(bytes);
  return seal.digest();
}

/** As sealOf, for bytes that come one after the other. */
export function createSeal(sealed: Sealed) {
  const hash = createHash("sha256").update(JSON.stringify(sealed));
  return {
    add: (bytes: Uint8Array): void => void hash.update(bytes),
    digest: (): Buffer => hash.digest().subarray(0, SEAL_BYTES),
  };
}

/** The seal and the bytes, for what is read more often than disks are full. */
export function seal(bytes: Buffer, sealed: Sealed): Buffer {
  return Buffer.concat([sealOf(bytes, sealed), bytes]);
}

/** undefined when it is damaged. */
export function unseal(packed: Buffer, sealed: Sealed): Buffer | undefined {
  const bytes = packed.subarray(SEAL_BYTES);
  return sealOf(bytes, sealed).equals(packed.subarray(0, SEAL_BYTES)) ? bytes : undefined;
}
