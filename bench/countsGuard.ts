/** Compares figures that are the same on every machine with those that were committed: there is no noise to allow for. */
import type { BenchFigure, CaseResult } from "./harness.ts";

/** Of each case and row: the figures that are guarded, by key. */
export type Counts = Readonly<Record<string, CaseCounts>>;
type CaseCounts = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface MeasuredCase {
  readonly figures: readonly BenchFigure[];
  readonly result: CaseResult;
}

/** What is packed with what depends a little on the order of replies; what a change costs is more than that. */
export const COUNT_MARGIN = 1.02;

/** @returns the counts to be committed; cases without guarded figures are left out */
export function countsOf(measured: readonly MeasuredCase[]): Counts {
  const counts = measured.map(({ figures, result }) => [result.name, caseCounts(guarded(figures), result)] as const);
  return Object.fromEntries(counts.filter(([, rows]) => Object.keys(rows).length > 0));
}

/** Rows that were not measured this time keep theirs. */
export function mergeCounts(committed: Counts, measured: Counts): Counts {
  const cases = Object.entries(measured).map(([name, rows]) => [name, { ...committed[name], ...rows }]);
  return { ...committed, ...Object.fromEntries(cases) };
}

/**
 * Only of rows that the case has: a quick variant has fewer.
 * @returns one line for each figure that has become worse, or that is no longer measured; none: all is well
 */
export function compareCounts(committed: Counts, measured: readonly MeasuredCase[]): string[] {
  return measured.flatMap(({ figures, result }) => {
    const counted = guarded(figures);
    if (counted.length === 0) return [];
    const known = committed[result.name];
    if (!known) return [`${result.name}: no counts are committed for it; add them with --keep`];
    return result.rows.flatMap((row) =>
      counted.flatMap((figure) => {
        const before = known[row.name]?.[figure.key];
        const problem = before === undefined ? null : compareFigure(figure, row.figures[figure.key] ?? null, before);
        return problem === null ? [] : [`${result.name}, ${row.name}, ${figure.heading}: ${problem}`];
      }),
    );
  });
}

function compareFigure(figure: BenchFigure, now: number | null, before: number): string | null {
  if (now === null) return "could not be measured";
  const change = `${figure.format(now)}, was ${figure.format(before)}`;
  if (figure.better === "less" && now > before * COUNT_MARGIN) {
    return `${change} (more than ${COUNT_MARGIN} times as much)`;
  }
  if (figure.better === "more" && now < before / COUNT_MARGIN) {
    return `${change} (less than a ${COUNT_MARGIN}th of that)`;
  }
  return null;
}

function guarded(figures: readonly BenchFigure[]): BenchFigure[] {
  return figures.filter((figure) => figure.better !== undefined);
}

function caseCounts(figures: readonly BenchFigure[], { rows }: CaseResult): CaseCounts {
  const counts = rows.map((row) => {
    const values = figures.map(({ key }) => [key, row.figures[key] ?? null] as const);
    const known = values.filter((entry): entry is [string, number] => entry[1] !== null);
    return [row.name, Object.fromEntries(known.map(([key, value]) => [key, rounded(value)]))] as const;
  });
  return Object.fromEntries(counts.filter(([, values]) => Object.keys(values).length > 0));
}

/** Far below the margin. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
