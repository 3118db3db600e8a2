/** JSON in parts: the text of a large report is never there as a whole, nor does its thread stand still for it. */

/** Elements at a time: some tens of kilobytes of a report. */
const AT_A_TIME = 128;

/** Joined, they are what JSON.stringify gives for data; `undefined` counts as null. */
export function* jsonParts(value: unknown): Generator<string, void> {
  if (Array.isArray(value)) return yield* portions("[", value, "]", (some) => some);
  if (!isPlain(value)) return yield JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).filter(([, own]) => isSaid(own));
  if (entries.length > AT_A_TIME) return yield* portions("{", entries, "}", (some) => Object.fromEntries(some));
  yield "{";
  for (const [at, [key, own]] of entries.entries()) {
    yield `${at > 0 ? "," : ""}${JSON.stringify(key)}:`;
    yield* jsonParts(own);
  }
  yield "}";
}

function* portions<T>(
  open: string,
  all: readonly T[],
  close: string,
  join: (some: readonly T[]) => object,
): Generator<string, void> {
  yield open;
  for (let from = 0; from < all.length; from += AT_A_TIME) {
    const text = JSON.stringify(join(all.slice(from, from + AT_A_TIME)));
    yield (from > 0 ? "," : "") + text.slice(open.length, -close.length);
  }
  yield close;
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !("toJSON" in value);
}

function isSaid(value: unknown): boolean {
  return value !== undefined && typeof value !== "function" && typeof value !== "symbol";
}
