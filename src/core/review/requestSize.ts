/** What a request is made of, for the ledger. */
import type { ModelRequest } from "../model/model.ts";
import type { RequestSize } from "../store/intent.ts";

/** What it asks about, each by its size in its file. */
interface Asked {
  readonly file: { readonly language: string | null };
  readonly unit: { readonly sizeBytes: number };
}

/** @param recipe of the answer */
export function requestSize(request: ModelRequest, asked: readonly Asked[], recipe: string): RequestSize {
  const own = request.parts.slice(-asked.length);
  const shared = request.parts.slice(0, request.parts.findLastIndex((part) => part.cacheBreakpoint) + 1);
  const schemaBytes = request.schema ? JSON.stringify(request.schema.schema).length : 0;
  return {
    promptBytes: schemaBytes + bytesOf(request.parts),
    sharedBytes: schemaBytes + bytesOf(shared),
    ownBytes: bytesOf(own),
    unitBytes: asked.reduce((sum, { unit }) => sum + unit.sizeBytes, 0),
    language: asked[0]?.file.language ?? "plaintext",
    units: asked.length,
    recipe,
  };
}

function bytesOf(parts: ModelRequest["parts"]): number {
  return parts.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
}
