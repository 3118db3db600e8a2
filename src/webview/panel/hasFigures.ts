import { t } from "../../shared/localize.ts";
import type { RunView } from "../../shared/runView.ts";

/** Whether a run has anything to show: one that failed before it began, or was cut off by a reload, has not. */
export function hasFigures(view: RunView | null): view is RunView {
  if (!view || view.state === "idle") return false;
  return view.state === "running" || view.coverage.files > 0;
}

/** What stands in place of figures: what a run that was cut off found and spent is not known here. */
export function withoutFigures(view: RunView | null, words: string): string {
  return view?.state === "interrupted" ? t("not known") : words;
}
