/** Whoever asks for what is already under way gets the same answer, and it is made once. */
export interface SingleFlight<Value> {
  /** @returns the answer, and whether someone else had asked for it first. A failure goes to all who wait for it. */
  run(key: string, make: () => Promise<Value>): { readonly value: Promise<Value>; readonly joined: boolean };
  /** Keys under way. */
  readonly size: number;
}

export function createSingleFlight<Value>(): SingleFlight<Value> {
  const flights = new Map<string, Promise<Value>>();
  return {
    run(key, make) {
      const flying = flights.get(key);
      if (flying) return { value: flying, joined: true };
      const value = Promise.resolve()
        .then(make)
        .finally(() => flights.delete(key));
      flights.set(key, value);
      return { value, joined: false };
    },
    get size() {
      return flights.size;
    },
  };
}
