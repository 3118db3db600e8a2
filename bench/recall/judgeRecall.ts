/** Whether what was measured is good enough. */
import type { RecallRow } from "./measureRecall.ts";
import type { RulePage } from "./rulePages.ts";

interface Share {
  readonly planted: number;
  readonly found: number;
}

export interface RecallDemand {
  /** Share of all plants, from 0 to 1. */
  readonly goal: number;
  /** At least so many of each rule and language. */
  readonly plants: number;
  /** What must have been measured: every rule in every language it claims. */
  readonly pages: readonly RulePage[];
}

/** @returns why the measurement is not good enough, one line each; none: it is */
export function judgeRecall(rows: readonly RecallRow[], { goal, plants, pages }: RecallDemand): string[] {
  const reasons: string[] = [];
  const all = sum(rows);
  if (all.planted === 0 || all.found / all.planted < goal) {
    reasons.push(`${percent(all)} of all were found, not ${goal * 100} %`);
  }
  for (const { rule, languages } of pages) {
    for (const language of languages) {
      const row = rows.find((one) => one.rule === rule && one.language === language);
      reasons.push(...judgeRow(row, plants).map((reason) => `${rule}, ${language}: ${reason}`));
    }
  }
  return reasons;
}

function judgeRow(row: RecallRow | undefined, plants: number): string[] {
  if (!row) return ["claimed, but nothing was planted"];
  const reasons: string[] = [];
  if (row.broken.length > 0) reasons.push(`${row.broken.length} planted texts are no code`);
  if (row.planted < plants) reasons.push(`only ${row.planted} were planted`);
  if (row.found === 0) reasons.push("none was found");
  return reasons;
}

export function sum(rows: readonly RecallRow[]): Share {
  return rows.reduce<Share>(
    (before, row) => ({ planted: before.planted + row.planted, found: before.found + row.found }),
    { planted: 0, found: 0 },
  );
}

export function percent({ planted, found }: Share): string {
  return planted === 0 ? "–" : `${((100 * found) / planted).toFixed(1)} %`;
}
