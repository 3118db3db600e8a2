import { numberInLanguage, t } from "../../shared/localize.ts";

/** Seconds between two marks of an axis: of whole minutes and hours where a run takes so long. */
export const TIME_STEPS: number[] = [
  0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800,
  43_200, 86_400,
];

/** A mark on an axis of time, short: `0.5 s`, `30 s`, `15 min`, `2 h`. */
export function timeMark(seconds: number): string {
  if (seconds < 60 || seconds % 60 !== 0) return t("{0}\u202fs", shown(seconds));
  if (seconds < 3_600 || seconds % 3_600 !== 0) return t("{0}\u202fmin", shown(seconds / 60));
  return t("{0}\u202fh", shown(seconds / 3_600));
}

function shown(amount: number): string {
  return numberInLanguage(amount, { maximumFractionDigits: 2, useGrouping: false });
}
