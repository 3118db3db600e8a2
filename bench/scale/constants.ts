/** What was measured, as a table: so much anyway, so much more for each file, and in which case. */
import type { Linear } from "./linear.ts";
import {
  COLD_CPU_MS,
  COLD_PEAK_BYTES,
  EDIT_USD,
  MODEL_CPU_MS,
  MODEL_PEAK_BYTES,
  MODEL_STORE_BYTES,
  REQUESTS_PER_FILE,
  SECOND_LOOK_PRICE,
  SECOND_LOOKS_PER_REQUEST,
  SIGNATURE_FAN_OUT,
  STORE_BYTES,
  UNCHANGED_CPU_MS,
  UNCHANGED_PEAK_BYTES,
  USD_PER_FILE,
} from "./measured.ts";
import { formatTable } from "../table.ts";

const ms = ({ base, perFile }: Linear) => [`${(base / 1_000).toFixed(1)} s`, `${perFile.toFixed(2)} ms`];
const bytes = ({ base, perFile }: Linear) => [`${Math.round(base / 2 ** 20)} MB`, `${(perFile / 1_024).toFixed(1)} KB`];

export function constantsTable(): string {
  return formatTable(
    ["what", "anyway", "a file", "case"],
    [
      ["first look, CPU", ...ms(COLD_CPU_MS), "growth"],
      ["first look, peak RSS", ...bytes(COLD_PEAK_BYTES), "growth"],
      ["store of the offline engine", ...bytes(STORE_BYTES), "growth"],
      ["unchanged, CPU", ...ms(UNCHANGED_CPU_MS), "growth"],
      ["unchanged, peak RSS", ...bytes(UNCHANGED_PEAK_BYTES), "growth"],
      ["with a model, CPU", ...ms(MODEL_CPU_MS), "growth-model"],
      ["with a model, peak RSS", ...bytes(MODEL_PEAK_BYTES), "growth-model"],
      ["with a model, store", ...bytes(MODEL_STORE_BYTES), "growth-model"],
      ["requests", "–", REQUESTS_PER_FILE.toFixed(2), "repositories-5000"],
      ["second looks, for each request", "–", SECOND_LOOKS_PER_REQUEST.toFixed(2), "express"],
      ["cost, gpt-5-mini", "–", `$${USD_PER_FILE.toFixed(6)}`, "repositories-5000"],
      ["with second looks, times", "–", SECOND_LOOK_PRICE.toFixed(2), "express"],
      ["cost of an edited file", "–", `$${EDIT_USD.toFixed(6)}`, "repositories-5000"],
      ["files that a signature is part of", "–", String(SIGNATURE_FAN_OUT), "repositories-5000"],
    ],
  );
}
