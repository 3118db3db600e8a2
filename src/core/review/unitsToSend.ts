import type { PlannedFile, PlannedUnit } from "../store/plan.ts";
import { storedOutcome } from "./fileTracker.ts";

export interface UnitJob {
  readonly file: PlannedFile;
  readonly unit: PlannedUnit;
}

/** Its review is stored: its errors alone are asked about. */
export function needsLookAlone({ unit }: UnitJob): boolean {
  return unit.review !== null;
}

/** The plan's misses. */
export function unitsToSend(files: readonly PlannedFile[]): UnitJob[] {
  return files.flatMap((file) => file.units.filter((unit) => !storedOutcome(unit)).map((unit) => ({ file, unit })));
}
