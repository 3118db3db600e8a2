/** Seeded randomness: the same seed and key give the same number in every process, whatever happened before. */
import { hash } from "node:crypto";

/** A number in [0, 1) that depends on nothing but the parts. */
export function fractionOf(...parts: readonly (string | number)[]): number {
  return Number.parseInt(hash("sha256", parts.join("\u0000"), "hex").slice(0, 12), 16) / 2 ** 48;
}

/** One of the values, chosen by the parts alone. */
export function pickBy<T>(values: readonly [T, ...T[]], ...parts: readonly (string | number)[]): T {
  return values[Math.floor(fractionOf(...parts) * values.length)] ?? values[0];
}
