/** Lifecycle without a framework: whoever makes something hands it to a store, and the store ends with its owner. */

export interface DisposableLike {
  dispose(): unknown;
}

export interface DisposableStore extends DisposableLike {
  /** Takes ownership and returns `item`. On a store that is already disposed it is disposed at once. */
  add<Item extends DisposableLike>(item: Item): Item;
  readonly isDisposed: boolean;
  /** Newest first, each once. A failing one does not keep the others alive: the first error is thrown at the end. */
  dispose(): void;
}

export function createDisposableStore(): DisposableStore {
  const items = new Set<DisposableLike>();
  let isDisposed = false;
  return {
    get isDisposed() {
      return isDisposed;
    },
    add(item) {
      // Late registration: what an asynchronous start brings after the end must not outlive it.
      if (isDisposed) item.dispose();
      else items.add(item);
      return item;
    },
    dispose() {
      isDisposed = true;
      const ending = [...items].toReversed();
      items.clear();
      disposeAll(ending);
    },
  };
}

function disposeAll(items: readonly DisposableLike[]): void {
  const errors: unknown[] = [];
  for (const item of items) {
    try {
      item.dispose();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}

/** Holds one child; a new one disposes the old. */
export interface DisposableSlot<Item extends DisposableLike> extends DisposableLike {
  readonly current: Item | undefined;
  /** Returns `item`. On a disposed slot it is disposed at once. */
  replace<Next extends Item>(item: Next): Next;
  clear(): void;
  dispose(): void;
}

export function createDisposableSlot<Item extends DisposableLike>(): DisposableSlot<Item> {
  let current: Item | undefined;
  let isDisposed = false;
  const clear = () => {
    const old = current;
    current = undefined;
    old?.dispose();
  };
  return {
    get current() {
      return current;
    },
    replace(item) {
      if (isDisposed) {
        item.dispose();
        return item;
      }
      const old = current;
      current = item;
      if (old !== item) old?.dispose();
      return item;
    },
    clear,
    dispose() {
      isDisposed = true;
      clear();
    },
  };
}
