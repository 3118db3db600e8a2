/** Listens to a signal on which thousands may wait: the platform's own list of listeners is searched on every change. */
const listeners = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls back once when the signal is aborted; at once when it is already.
 * @returns ends the listening
 */
export function onAbort(signal: AbortSignal | undefined, callback: () => void): () => void {
  if (!signal) return () => undefined;
  if (signal.aborted) {
    callback();
    return () => undefined;
  }
  const callbacks = listeners.get(signal) ?? listenTo(signal);
  // Wrapped, so that the same function may be handed in twice.
  const entry = () => callback();
  callbacks.add(entry);
  return () => callbacks.delete(entry);
}

function listenTo(signal: AbortSignal): Set<() => void> {
  const callbacks = new Set<() => void>();
  listeners.set(signal, callbacks);
  const callAll = () => {
    const all = [...callbacks];
    callbacks.clear();
    for (const callback of all) callback();
  };
  signal.addEventListener("abort", callAll, { once: true });
  return callbacks;
}
