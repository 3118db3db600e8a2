/** What was used last stays, as far as the bytes go. */
export interface ByteCache<Value> {
  /** Makes it the youngest. */
  get(key: string): Value | undefined;
  /** @param sizeBytes one that is larger than all there is room for is not kept */
  set(key: string, value: Value, sizeBytes: number): void;
  delete(key: string): void;
  clear(): void;
  readonly sizeBytes: number;
  readonly count: number;
}

/** Keys count too: two bytes a character, and what a map needs for an entry. */
const ENTRY_BYTES = 100;

export function createByteCache<Value>(maxBytes: number): ByteCache<Value> {
  // A map keeps the order in which keys were put in: the first one is the oldest.
  const entries = new Map<string, { readonly value: Value; readonly bytes: number }>();
  let total = 0;
  const remove = (key: string) => {
    total -= entries.get(key)?.bytes ?? 0;
    entries.delete(key);
  };
  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value, sizeBytes) {
      remove(key);
      const bytes = sizeBytes + 2 * key.length + ENTRY_BYTES;
      if (bytes > maxBytes) return;
      entries.set(key, { value, bytes });
      total += bytes;
      for (const [oldest] of entries) {
        if (total <= maxBytes) break;
        remove(oldest);
      }
    },
    delete: remove,
    clear() {
      entries.clear();
      total = 0;
    },
    get sizeBytes() {
      return total;
    },
    get count() {
      return entries.size;
    },
  };
}
