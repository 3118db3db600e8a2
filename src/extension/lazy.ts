/** A value that is made once, on first use. A failed attempt is not kept: the next use tries again. */
export interface Lazy<Value> {
  get(): Promise<Value>;
  /** The value, if it has been asked for; never starts making it. */
  peek(): Promise<Value> | undefined;
}

export function createLazy<Value>(make: () => Promise<Value>): Lazy<Value> {
  let made: Promise<Value> | undefined;
  return {
    get() {
      if (made) return made;
      const attempt = make();
      made = attempt;
      attempt.catch(() => {
        if (made === attempt) made = undefined;
      });
      return attempt;
    },
    peek: () => made,
  };
}
