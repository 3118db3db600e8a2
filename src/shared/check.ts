/** Whether a value that came from outside is what it should be. */
export type Check = (value: unknown) => boolean;

export const text: Check = (value) => typeof value === "string";
export const flag: Check = (value) => typeof value === "boolean";
export const amount: Check = (value) => Number.isFinite(value);
/** 0, 1, 2 … */
export const whole: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
/** 1-based. */
export const position: Check = (value) => whole(value) && (value as number) >= 1;

export function orNull(check: Check): Check {
  return (value) => value === null || check(value);
}

const optional = new WeakSet<Check>();

/** The field need not be there. */
export function orMissing(check: Check): Check {
  const either: Check = (value) => value === undefined || check(value);
  optional.add(either);
  return either;
}

export function oneOf(...words: readonly string[]): Check {
  return (value) => words.includes(value as string);
}

export function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check);
}

/** Has these fields of its own; more do no harm. */
export function shape(fields: Readonly<Record<string, Check>>): Check {
  const entries = Object.entries(fields);
  return (value) =>
    typeof value === "object" &&
    value !== null &&
    entries.every(
      ([name, check]) =>
        (Object.hasOwn(value, name) || optional.has(check)) && check((value as Record<string, unknown>)[name]),
    );
}

/** Picks the check by the message's `type`. */
export function union(cases: Readonly<Record<string, Check>>): Check {
  return (value) => {
    const type = (value as { type?: unknown } | null | undefined)?.type;
    return typeof type === "string" && Object.hasOwn(cases, type) && cases[type]!(value);
  };
}
