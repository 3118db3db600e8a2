import type { DisposableLike } from "../shared/disposables.ts";

/** Listeners that outlive nobody: each ends with the disposable it got. */
export interface Listeners<Value> {
  add(listener: (value: Value) => void): DisposableLike;
  fire(value: Value): void;
}

export function createListeners<Value>(): Listeners<Value> {
  const all = new Set<(value: Value) => void>();
  return {
    add(listener) {
      // Wrapped, so that the same function added twice is two listeners.
      const own = (value: Value) => listener(value);
      all.add(own);
      return { dispose: () => void all.delete(own) };
    },
    fire(value) {
      for (const listener of all) listener(value);
    },
  };
}
