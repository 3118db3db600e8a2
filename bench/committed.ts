/** What was measured before, as `ratios.json` keeps it for the guards. */
import { readFileSync, writeFileSync } from "node:fs";
import { compareCounts, countsOf, mergeCounts, type Counts, type MeasuredCase } from "./countsGuard.ts";
import { compareRatios, ratiosOf, type Ratios } from "./guard.ts";

/** Counts alone where times are not worth comparing. */
export type Guarded = "all" | "counts";

const file = new URL("./ratios.json", import.meta.url);
/** Beside the names of cases. */
const COUNTS = "counts";

interface Committed {
  readonly ratios: Ratios;
  readonly counts: Counts;
}

function readCommitted(): Committed {
  const { [COUNTS]: counts = {}, ...ratios } = JSON.parse(readFileSync(file, "utf8")) as Ratios & { counts?: Counts };
  return { ratios, counts };
}

/** Cases that were not measured this time keep theirs. */
export function keepMeasured(measured: readonly MeasuredCase[], what: Guarded): void {
  const before = readCommitted();
  const ratios = what === "counts" ? {} : ratiosOf(measured.map(({ result }) => result));
  const counts = mergeCounts(before.counts, countsOf(measured));
  writeFileSync(file, `${JSON.stringify({ ...before.ratios, ...ratios, [COUNTS]: counts }, null, 2)}\n`);
}

/** @returns one line for each that is worse; none: all is well */
export function compareWithCommitted(measured: readonly MeasuredCase[], what: Guarded): string[] {
  const { ratios, counts } = readCommitted();
  const results = measured.map(({ result }) => result);
  return [...(what === "counts" ? [] : compareRatios(ratios, results)), ...compareCounts(counts, measured)];
}
