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
 * Longest first, so that none trails at the end; but the smallest leads, because the others wait until the provider
 * has accepted the first one, and a small one is accepted soonest and costs least if it is not.
 */
function inSendingOrder(jobs: readonly UnitJob[]): UnitJob[] {
  const sorted = jobs.toSorted((a, b) => b.unit.sizeBytes - a.unit.sizeBytes || (a.file.path < b.file.path ? -1 : 1));
  const lead = sorted.pop();
  return lead ? [lead, ...sorted] : [];
}
