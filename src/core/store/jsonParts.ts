/** JSON in parts: the text of a large report is never there as a whole, nor does its thread stand still for it. */

/** Elements at a time: some tens of kilobytes of a report. */
const AT_A_TIME = 128;

/** Joined, they are what JSON.stringify gives for data; `undefined` counts as null. */
export function* jsonParts(value: unknown): Generator<string, void> {
  if (Array.isArray(value)) yield* listParts(value);
  else if (isPlain(value)) yield* objectParts(value);
  else yield JSON.stringify(value) ?? "null";
}

function* listParts(list: readonly unknown[]): Generator<string, void> {
  yield "[";
  for (let from = 0; from < list.length; from += AT_A_TIME) yield between(from, list.slice(from, from + AT_A_TIME));
  yield "]";
}

function* objectParts(object: Readonly<Record<string, unknown>>): Generator<string, void> {
  const entries = Object.entries(object).filter(([, value]) => isSaid(value));
  yield "{";
  for (let from = 0; from < entries.length; from += AT_A_TIME) {
    const some = entries.slice(from, from + AT_A_TIME);
    if (entries.length > AT_A_TIME) yield between(from, Object.fromEntries(some));
    else
      for (const [at, [key, own]] of some.entries()) {
        yield `${at > 0 ? "," : ""}${JSON.stringify(key)}:`;
        yield* jsonParts(own);
      }
  }
  yield "}";
}

/** Without its brackets. */
function between(from: number, some: object): string {
  return (from > 0 ? "," : "") + JSON.stringify(some).slice(1, -1);
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !("toJSON" in value);
}

function isSaid(value: unknown): boolean {
  return value !== undefined && typeof value !== "function" && typeof value !== "symbol";
}
