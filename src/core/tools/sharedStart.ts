/**
 * One at a time; everybody who asks before one has started shares it. What is learned is therefore never older than the
 * question, and a hundred questions at once cost one or two answers.
 */
export function sharedStart<T>(work: () => Promise<T>): () => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | undefined;
  return () => {
    if (next) return next;
    const started = last.then(() => {
      next = undefined;
      return work();
    });
    next = started;
    last = started.catch(() => undefined);
    return started;
  };
}
