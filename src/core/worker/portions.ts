/**
 * Long lists in an answer cross the border between threads some at a time: as one message they would be there twice more, on
 * their way out and on their way in, and the receiver would stand still for as long as it takes to read them all.
 */

/** Of a plan some hundred kilobytes. */
const AT_A_TIME = 256;

export interface Portion {
  /** Of the answer's property that they belong to. */
  readonly list: string;
  readonly some: readonly unknown[];
}

export interface Portioned {
  readonly portions: Iterable<Portion>;
  /** The answer, with empty lists in place of long ones. */
  readonly rest: unknown;
}

export function intoPortions(answer: unknown): Portioned {
  if (!isPlain(answer)) return { portions: [], rest: answer };
  const long = Object.entries(answer).filter(isLong);
  if (long.length === 0) return { portions: [], rest: answer };
  const emptied = Object.fromEntries(long.map(([list]) => [list, []]));
  return { portions: portionsOf(long), rest: { ...answer, ...emptied } };
}

function isPlain(answer: unknown): answer is object {
  return typeof answer === "object" && answer !== null && Object.getPrototypeOf(answer) === Object.prototype;
}

function isLong(entry: [string, unknown]): entry is [string, readonly unknown[]] {
  const [, value] = entry;
  return Array.isArray(value) && value.length > AT_A_TIME;
}

function* portionsOf(lists: readonly (readonly [string, readonly unknown[]])[]): Generator<Portion> {
  for (const [list, all] of lists) {
    for (let from = 0; from < all.length; from += AT_A_TIME) yield { list, some: all.slice(from, from + AT_A_TIME) };
  }
}

/** Collects what arrives before the rest of an answer. */
export function createJoiner() {
  const lists = new Map<string, unknown[]>();
  return {
    add({ list, some }: Portion): void {
      const collected = lists.get(list) ?? [];
      lists.set(list, collected);
      for (const one of some) collected.push(one);
    },
    join: (rest: unknown): unknown => (lists.size === 0 ? rest : { ...(rest as object), ...Object.fromEntries(lists) }),
  };
}
