/** How many files it takes until a resource of one machine is used up. */
import type { Linear } from "./linear.ts";
import { COLD_CPU_MS, COLD_PEAK_BYTES, MODEL_PEAK_BYTES, STORE_BYTES, UNCHANGED_CPU_MS } from "./measured.ts";
import { modelCosts } from "./modelCosts.ts";

export interface Limit {
  readonly what: string;
  readonly limit: string;
  readonly files: number;
}

/** V8's own bound of one heap on a machine with enough memory; people raise it with --max-old-space-size. */
const HEAP_BYTES = 4 * 2 ** 30;
/** Longer than that nobody waits for an answer that nothing has changed. */
const PATIENCE_MS = 10_000;
const NIGHT_MS = 12 * 3_600_000;
/** `cache.diskMb` by default: what can be computed again is kept up to this. */
const DISK_BYTES = 512 * 2 ** 20;

/** Smallest first. @param replyMs what the model takes for a reply */
export function filesAtLimit(replyMs: number): readonly Limit[] {
  const perFileMs = modelCosts(1, replyMs).providerMs;
  const limits = [
    { what: "memory, cold with a model", limit: "4 GB", files: filesFor(MODEL_PEAK_BYTES, HEAP_BYTES) },
    { what: "memory, cold offline", limit: "4 GB", files: filesFor(COLD_PEAK_BYTES, HEAP_BYTES) },
    { what: "results of the offline engine on disk", limit: "512 MB", files: filesFor(STORE_BYTES, DISK_BYTES) },
    { what: "replies of a model", limit: "a night, 12 h", files: NIGHT_MS / perFileMs },
    { what: "CPU of a first look, two threads", limit: "a night, 12 h", files: filesFor(COLD_CPU_MS, 2 * NIGHT_MS) },
    { what: "CPU of an unchanged run", limit: "10 s", files: filesFor(UNCHANGED_CPU_MS, PATIENCE_MS) },
  ];
  return limits.toSorted((a, b) => a.files - b.files);
}

function filesFor({ base, perFile }: Linear, limit: number): number {
  return Math.max(0, (limit - base) / perFile);
}
