/** What the progress notification says. Pure. */
import type { RunView } from "../shared/runView.ts";
import { formatCountdown, formatUsd } from "../shared/format.ts";
import { workOf } from "./statusText.ts";

export interface ProgressText {
  readonly message: string;
  /** 0 to 100; null while it is not known how much there is to do. */
  readonly percent: number | null;
}

export function progressText(view: RunView | null, monotonicMs: number): ProgressText {
  if (!view || view.state !== "running") return { message: "Counting files…", percent: null };
  const { done, total } = workOf(view);
  if (view.coverage.files === 0) return { message: "Counting files…", percent: null };
  const parts = [`${done} of ${total} files`];
  if (view.provider !== "offline") parts.push(view.costUnknown ? "cost unknown" : formatUsd(view.spentUsd));
  const waitMs = view.waiting ? view.waiting.untilMonotonicMs - monotonicMs : 0;
  if (waitMs > 0) parts.push(`goes on in ${formatCountdown(waitMs)}`);
  else if (view.remainingMs !== null) parts.push(`about ${formatCountdown(view.remainingMs)} left`);
  if (view.coverage.failed > 0) parts.push(`${view.coverage.failed} failed`);
  return { message: parts.join(" · "), percent: total > 0 ? Math.min(100, (100 * done) / total) : 100 };
}
