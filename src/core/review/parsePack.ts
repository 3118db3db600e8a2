/** The reply about several units, as far as it goes: what is whole counts, whatever became of the rest. */
import { JSONParser } from "@streamparser/json";
import { readReview, type ParsedReply } from "./parseReply.ts";

/**
 * @param count units asked about
 * @returns one for each unit; undefined: the reply does not answer for it, or not clearly
 */
export function parsePack(raw: string, count: number): (ParsedReply | undefined)[] {
  const entries = new Map<number, unknown>();
  const twice = new Set<number>();
  for (const entry of wholeEntries(raw)) {
    const number = unitNumber(entry, count);
    if (number === undefined) continue;
    if (entries.has(number)) twice.add(number);
    entries.set(number, entry);
  }
  return Array.from({ length: count }, (_, index) =>
    // Two reviews under one number: one of them is about another unit.
    twice.has(index + 1) ? undefined : readReview(entries.get(index + 1)),
  );
}

/** 1-based; undefined: it names none of so many units. */
export function unitNumber(entry: unknown, count: number): number | undefined {
  const number: unknown = typeof entry === "object" && entry !== null && "unit" in entry ? entry.unit : undefined;
  return typeof number === "number" && Number.isInteger(number) && number >= 1 && number <= count ? number : undefined;
}

/** Fences and prose around the object are forgiven; an entry that was cut is not there. */
function wholeEntries(raw: string): unknown[] {
  const entries: unknown[] = [];
  const parser = new JSONParser({ paths: ["$.reviews.*"], keepStack: false });
  parser.onValue = ({ value }) => void entries.push(value);
  parser.onError = () => {};
  try {
    parser.write(raw.slice(Math.max(0, raw.indexOf("{"))));
  } catch {
    // What came before is whole.
  }
  return entries;
}
