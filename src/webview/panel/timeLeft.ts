import { formatCountdown } from "../../shared/format.ts";
import { t } from "../../shared/localize.ts";

/** So long it is counted down by the clock alone: where requests stall, nothing comes nearer, and others say so too. */
const COUNTED_DOWN_MS = 5_000;

/**
 * @param remainingMs as last estimated; null: too little is known
 * @param elapsedMs since then
 */
export function timeLeft(remainingMs: number | null, elapsedMs: number): string | null {
  if (remainingMs === null) return null;
  const leftMs = remainingMs - Math.min(elapsedMs, COUNTED_DOWN_MS);
  return leftMs < 1000 ? t("Almost done") : t("About {0} left", formatCountdown(leftMs));
}
