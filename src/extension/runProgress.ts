/** What the progress notification says. Pure. */
import type { RunView } from "../shared/runView.ts";
import { formatCountdown, formatUsd } from "../shared/format.ts";
import { t } from "../shared/localize.ts";
import { workOf } from "./statusText.ts";

export interface ProgressText {
  readonly message: string;
  /** 0 to 100; null while it is not known how much there is to do. */
  readonly percent: number | null;
}

export function progressText(view: RunView | null, monotonicMs: number, isAsking = false): ProgressText {
  if (isAsking) return { message: t("Waits for your answer…"), percent: null };
  if (!view || view.state !== "running") return { message: t("Counting files…"), percent: null };
  const { done, total } = workOf(view);
  if (view.coverage.files === 0) return { message: t("Counting files…"), percent: null };
  const parts = [t("{0} of {1} files", done, total)];
  if (view.provider !== "offline") parts.push(view.costUnknown ? t("cost unknown") : formatUsd(view.spentUsd));
  const waitMs = view.waiting ? view.waiting.untilMonotonicMs - monotonicMs : 0;
  if (waitMs > 0) parts.push(t("goes on in {0}", formatCountdown(waitMs)));
  else if (view.remainingMs !== null) parts.push(t("about {0} left", formatCountdown(view.remainingMs)));
  if (view.coverage.failed > 0) parts.push(t("{0} failed", view.coverage.failed));
  return { message: parts.join(" · "), percent: total > 0 ? Math.min(100, (100 * done) / total) : 100 };
}
