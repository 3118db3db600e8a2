/** Values by key, bounded by their bytes: the least recently used go first. The fastest tier, lost with its process. */

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

interface Entry<Value> {
  readonly value: Value;
  readonly bytes: number;
}

/**
 * @param maxBytes 0: nothing is kept
 * @param sizeOf bytes that the value holds; called once for each save
 */
export function createMemoryTier<Value>(maxBytes: number, sizeOf: (value: Value) => number): MemoryTier<Value> {
  // A Map keeps the order in which keys were set: the first one was used longest ago.
  const entries = new Map<string, Entry<Value>>();
  let bytes = 0;

  const remove = (key: string) => {
    bytes -= entries.get(key)?.bytes ?? 0;
    return entries.delete(key);
  };

  return {
    find(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    save(key, value) {
      remove(key);
      const entry = { value, bytes: sizeOf(value) + ENTRY_BYTES };
      if (entry.bytes > maxBytes) return;
      entries.set(key, entry);
      bytes += entry.bytes;
      for (const oldest of entries.keys()) {
        if (bytes <= maxBytes) break;
        remove(oldest);
      }
    },
    delete: (key) => void remove(key),
    clear() {
      entries.clear();
      bytes = 0;
    },
    get bytes() {
      return bytes;
    },
    get count() {
      return entries.size;
    },
  };
}

/** The key and what the map itself takes. */
const ENTRY_BYTES = 200;
