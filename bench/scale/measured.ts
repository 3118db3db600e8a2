/**
 * What the model rests on: one run each, on two cores with Node 24.21 and nothing else to do, November 2026. Each says
 * which case and rows it is from; `npm run bench -- growth growth-model repositories-5000 --json FILE` measures them again.
 */
import { lineThrough } from "./linear.ts";

/** growth: CPU of a first look, 1,000 and 16,000 files of up to 16 KB. */
export const COLD_CPU_MS = lineThrough({ files: 1_000, value: 3_488 }, { files: 16_000, value: 31_512 });
/** growth: peak RSS of the same. */
export const COLD_PEAK_BYTES = lineThrough({ files: 1_000, value: 195_035_136 }, { files: 16_000, value: 316_669_952 });
/** growth: the store after it. */
export const STORE_BYTES = lineThrough({ files: 1_000, value: 655_360 }, { files: 16_000, value: 8_335_360 });
/** growth: CPU and peak RSS of a run that finds nothing changed. */
export const UNCHANGED_CPU_MS = lineThrough({ files: 1_000, value: 484 }, { files: 16_000, value: 1_825 });
export const UNCHANGED_PEAK_BYTES = lineThrough(
  { files: 1_000, value: 124_727_296 },
  { files: 16_000, value: 271_237_120 },
);

/** growth-model: CPU, peak RSS and the store, 400 and 1,600 files. */
export const MODEL_CPU_MS = lineThrough({ files: 400, value: 4_610 }, { files: 1_600, value: 13_005 });
export const MODEL_PEAK_BYTES = lineThrough({ files: 400, value: 294_649_856 }, { files: 1_600, value: 462_422_016 });
export const MODEL_STORE_BYTES = lineThrough({ files: 400, value: 1_667_072 }, { files: 1_600, value: 6_479_872 });
/** repositories-5000, "5,000 files, cold": requests, and dollars at gpt-5-mini's list price, for each of 4,903 files. */
export const REQUESTS_PER_FILE = 1_620 / 4_903;
export const USD_PER_FILE = 3.723355 / 4_903;
/** repositories-5000, "5,000 files, 100 edits". */
export const EDIT_USD = 0.077 / 100;
/** repositories-5000, "5,000 files, a signature": files whose request is another one. */
export const SIGNATURE_FAN_OUT = 21;
/** express, "rxjs" beside "rxjs, no second looks": requests and dollars. The simulator claims many errors. */
export const SECOND_LOOKS_PER_REQUEST = 98 / 56 - 1;
export const SECOND_LOOK_PRICE = 0.188556 / 0.152861;
/** A stored review: growth-model, as above. */
export const STORED_REVIEW_BYTES = MODEL_STORE_BYTES.perFile;
