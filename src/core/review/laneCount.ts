import { DEFAULT_SETTINGS } from "../../shared/settings.ts";
import type { ChosenModel } from "./reviewing.ts";

/**
 * Requests that a run keeps under way at once. Ollama answers one at a time unless it was told otherwise
 * (OLLAMA_NUM_PARALLEL): the next one waits there, and more would only wait longer, against their own deadlines. Whoever
 * sets another number than the default has reasons.
 */
export function laneCount(concurrency: number, provider: ChosenModel["provider"]): number {
  return provider === "ollama" && concurrency === DEFAULT_SETTINGS.concurrency ? OLLAMA_LANES : concurrency;
}

const OLLAMA_LANES = 2;
