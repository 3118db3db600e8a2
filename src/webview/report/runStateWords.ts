import { t } from "../../shared/localize.ts";
import type { RunState } from "../../shared/runView.ts";

/** How a run stands, or ended; one that is not complete says so. */
export function runStateWords(state: RunState): string {
  switch (state) {
    case "idle":
      return t("Nothing reviewed yet");
    case "running":
      return t("Reviewing");
    case "complete":
      return t("Complete");
    case "partial":
      return t("Partial");
    case "cancelled":
      return t("Partial: cancelled");
    case "budget":
      return t("Partial: stopped at the budget");
    case "error":
      return t("Partial: stopped by an error");
    case "interrupted":
      return t("Partial: interrupted");
  }
}
