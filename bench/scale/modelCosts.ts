import { valueAt } from "./linear.ts";
import {
  MODEL_CPU_MS,
  MODEL_PEAK_BYTES,
  MODEL_STORE_BYTES,
  REQUESTS_PER_FILE,
  SECOND_LOOK_PRICE,
  SECOND_LOOKS_PER_REQUEST,
  USD_PER_FILE,
} from "./measured.ts";

/** Requests under way at once, as many as are set by default. */
export const LANES = 16;

export interface ModelCosts {
  readonly requests: number;
  readonly usd: number;
  /** From the first request to the last reply, lanes always full. */
  readonly providerMs: number;
  readonly cpuMs: number;
  readonly peakRssBytes: number;
  readonly storeBytes: number;
}

/** What reviewing all files with a model takes, second looks included. @param replyMs what the model takes for a reply */
export function modelCosts(files: number, replyMs: number): ModelCosts {
  const requests = files * REQUESTS_PER_FILE * (1 + SECOND_LOOKS_PER_REQUEST);
  return {
    requests,
    usd: files * USD_PER_FILE * SECOND_LOOK_PRICE,
    providerMs: (requests / LANES) * replyMs,
    cpuMs: valueAt(MODEL_CPU_MS, files),
    peakRssBytes: valueAt(MODEL_PEAK_BYTES, files),
    storeBytes: valueAt(MODEL_STORE_BYTES, files),
  };
}
