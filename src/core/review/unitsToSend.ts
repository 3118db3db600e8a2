import type { PlannedFile, PlannedUnit } from "../store/store.ts";
import { storedOutcome } from "./fileTracker.ts";

export interface UnitJob {
  readonly file: PlannedFile;
  readonly unit: PlannedUnit;
}

/** The plan's misses, in the order in which they are sent. */
export function unitsToSend(files: readonly PlannedFile[]): UnitJob[] {
  const jobs = files.flatMap((file) =>
    file.units.filter((unit) => !storedOutcome(unit)).map((unit) => ({ file, unit })),
  );
  return inSendingOrder(jobs);
}

/**
 * Longest first, so that none trails at the end; but one of middling length leads, because the others wait for the
 * first one's first token: the longest would take longest to get there, and the shortest have nothing to show.
 */
function inSendingOrder(jobs: readonly UnitJob[]): UnitJob[] {
  const sorted = jobs.toSorted((a, b) => b.unit.sizeBytes - a.unit.sizeBytes || (a.file.path < b.file.path ? -1 : 1));
  const lead = sorted.splice(Math.floor(sorted.length / 2), 1);
  return [...lead, ...sorted];
}
