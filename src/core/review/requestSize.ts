/** What a request is made of, for the ledger. */
import type { ModelRequest } from "../model/model.ts";
import type { RequestSize } from "../store/store.ts";

/** @param unitBytes of the unit as it is in its file */
export function requestSize(request: ModelRequest, unitBytes: number, language: string | null): RequestSize {
  const sizes = request.parts.map((part) => Buffer.byteLength(part.text));
  const sharedParts = request.parts.findLastIndex((part) => part.cacheBreakpoint) + 1;
  const schemaBytes = request.schema ? JSON.stringify(request.schema.schema).length : 0;
  return {
    promptBytes: schemaBytes + sumOf(sizes),
    sharedBytes: schemaBytes + sumOf(sizes.slice(0, sharedParts)),
    ownBytes: sizes.at(-1) ?? 0,
    unitBytes,
    language: language ?? "plaintext",
  };
}

function sumOf(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + size, 0);
}
