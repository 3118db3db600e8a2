import { COLD_CPU_MS, COLD_PEAK_BYTES, STORE_BYTES, UNCHANGED_CPU_MS, UNCHANGED_PEAK_BYTES } from "./measured.ts";
import { valueAt } from "./linear.ts";

export interface OfflineCosts {
  readonly cpuMs: number;
  readonly peakRssBytes: number;
  readonly storeBytes: number;
}

/** What one machine needs for a workspace without a model: reviewed from nothing, or with nothing changed. */
export function offlineCosts(files: number, state: "cold" | "unchanged"): OfflineCosts {
  const isCold = state === "cold";
  return {
    cpuMs: valueAt(isCold ? COLD_CPU_MS : UNCHANGED_CPU_MS, files),
    peakRssBytes: valueAt(isCold ? COLD_PEAK_BYTES : UNCHANGED_PEAK_BYTES, files),
    storeBytes: valueAt(STORE_BYTES, files),
  };
}
