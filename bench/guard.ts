/** Compares ratios with those that were committed: a change that makes something slower than it was is seen. */
import type { CaseResult } from "./harness.ts";

/** Of each case: how many times as long as its baseline each row took. */
export type Ratios = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** A ratio may be this many times the committed one: the machine, not the code, accounts for less than that. */
export const MARGIN = 1.6;

/** @returns the ratios to be committed; the baseline's own, always 1, is left out */
export function ratiosOf(results: readonly CaseResult[]): Ratios {
  return Object.fromEntries(
    results.map(({ name, baseline, rows }) => {
      const measured = rows.filter((row) => row.ratio !== null && row.name !== baseline);
      return [name, Object.fromEntries(measured.map((row) => [row.name, rounded(row.ratio!.median)]))];
    }),
  );
}

/** @returns one line for each row that is slower than it was, or that is no longer measured; none: all is well */
export function compareRatios(committed: Ratios, results: readonly CaseResult[]): string[] {
  const measured = ratiosOf(results);
  return results.flatMap(({ name }) => {
    const known = committed[name];
    if (!known) return [`${name}: no ratios are committed for it; add them with --keep`];
    return Object.entries(known).flatMap(([row, before]) => {
      const now = measured[name]?.[row];
      if (now === undefined) return [`${name}, ${row}: could not be measured`];
      if (now <= before * MARGIN) return [];
      return [`${name}, ${row}: ${now}× the baseline, was ${before}× (more than ${MARGIN} times as much)`];
    });
  });
}

/** Three digits that count: more would change with every measurement. */
function rounded(ratio: number): number {
  return Number(ratio.toPrecision(3));
}
