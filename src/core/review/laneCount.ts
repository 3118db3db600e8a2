import { DEFAULT_SETTINGS } from "../../shared/settings.ts";
import type { Reviewing } from "./reviewing.ts";

/**
 * Requests at once. Ollama answers one at a time unless it was told otherwise (OLLAMA_NUM_PARALLEL): the next one waits
 * there, and more would only wait longer, against their own deadlines. Whoever sets another number than the default has
 * reasons.
 */
export function laneCount({ settings, chosen }: Pick<Reviewing, "settings" | "chosen">): number {
  const { concurrency } = settings;
  return chosen?.provider === "ollama" && concurrency === DEFAULT_SETTINGS.concurrency ? OLLAMA_LANES : concurrency;
}

const OLLAMA_LANES = 2;
