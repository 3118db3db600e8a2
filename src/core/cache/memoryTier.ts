/** Values by key, bounded by their bytes: the least recently used go first. The fastest tier, lost with its process. */
import { LRUCache } from "lru-cache";

export interface MemoryTier<Value> {
  /** Counts as a use. */
  find(key: string): Value | undefined;
  /** One that is larger than the whole bound is not kept. */
  save(key: string, value: Value): void;
  delete(key: string): void;
  clear(): void;
  readonly bytes: number;
  readonly count: number;
}

/**
 * @param maxBytes 0: nothing is kept
 * @param sizeOf whole bytes that the value holds; called once for each save
 * @param onChange is told what it holds now
 */
export function createMemoryTier<Value extends NonNullable<unknown>>(
  maxBytes: number,
  sizeOf: (value: Value) => number,
  onChange: (held: Pick<MemoryTier<Value>, "bytes" | "count">) => void = () => {},
): MemoryTier<Value> {
  const entries = new LRUCache<string, Value>({
    // No entry is as small as the least bound that the library takes.
    maxSize: Math.max(1, Math.floor(maxBytes)),
    sizeCalculation: (value) => sizeOf(value) + ENTRY_BYTES,
  });
  const changed = () => onChange({ bytes: entries.calculatedSize, count: entries.size });
  return {
    find: (key) => entries.get(key),
    save(key, value) {
      entries.set(key, value);
      changed();
    },
    delete(key) {
      entries.delete(key);
      changed();
    },
    clear() {
      entries.clear();
      changed();
    },
    get bytes() {
      return entries.calculatedSize;
    },
    get count() {
      return entries.size;
    },
  };
}

/** The key and what the map itself takes. */
const ENTRY_BYTES = 200;
