/** Puts requests together until a batch is full. */
import { MAX_BATCH_BYTES, MAX_BATCH_REQUESTS } from "../../model/batch.ts";

export interface BatchLimits {
  readonly requests: number;
  readonly bytes: number;
}

export const BATCH_LIMITS: BatchLimits = { requests: MAX_BATCH_REQUESTS, bytes: MAX_BATCH_BYTES };

export interface BatchPacker<Item> {
  /** @returns a batch that is full without the item; undefined: there is room yet */
  add(item: Item): readonly Item[] | undefined;
  /** What is left. */
  rest(): readonly Item[];
}

/** One request that is larger than a batch may be goes alone: the provider says what it thinks of it. */
export function createBatchPacker<Item extends { readonly line: string }>(limits: BatchLimits): BatchPacker<Item> {
  let items: Item[] = [];
  let bytes = 0;
  const take = () => {
    const taken = items;
    items = [];
    bytes = 0;
    return taken;
  };
  return {
    add(item) {
      const size = Buffer.byteLength(item.line) + 1;
      const isFull = items.length > 0 && (items.length >= limits.requests || bytes + size > limits.bytes);
      const full = isFull ? take() : undefined;
      items.push(item);
      bytes += size;
      return full;
    },
    rest: take,
  };
}
