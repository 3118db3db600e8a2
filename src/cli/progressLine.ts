/** What a run looks like on one line. */
import { escapeLine } from "../shared/escapeText.ts";
import { formatCount, formatCountdown, formatPercent, formatQuantity, formatUsd } from "../shared/format.ts";
import type { RunEvent } from "../shared/events.ts";
import type { RunView } from "../shared/runView.ts";
import { displayWidth, truncate } from "./displayWidth.ts";

const SEPARATOR = " · ";
/** Less of a path says nothing. */
const MINIMUM_PATH_WIDTH = 12;

/** Files that need work in this run: cached and skipped ones do not. */
export function workOf({ coverage }: RunView): { readonly done: number; readonly total: number } {
  const done = coverage.reviewed + coverage.failed;
  return { done, total: done + coverage.pending };
}

/** The most important things first; what does not fit into `width` is left out from the end. */
export function progressLine(view: RunView, monotonicMs: number, width: number): string {
  const parts = [doing(view, monotonicMs), ...figures(view, monotonicMs)];
  let line = truncate(parts[0]!, width);
  for (const part of parts.slice(1)) {
    const longer = `${line}${SEPARATOR}${part}`;
    if (displayWidth(longer) > width) return line;
    line = longer;
  }
  const path = view.inFlight.at(-1)?.path;
  const room = width - displayWidth(line) - SEPARATOR.length;
  return path === undefined || room < MINIMUM_PATH_WIDTH
    ? line
    : `${line}${SEPARATOR}${cutPath(escapeLine(path), room)}`;
}

const WAITING: Readonly<Record<string, string>> = {
  "rate-limit": "Asked to slow down, goes on in",
  backoff: "The provider had trouble, tries again in",
  lease: "Another run has this file, looks again in",
};

function doing(view: RunView, monotonicMs: number): string {
  const work = workOf(view);
  const count = work.total > 0 ? ` ${formatCount(work.done)} of ${formatCount(work.total)}` : "";
  const waitMs = (view.waiting?.untilMonotonicMs ?? monotonicMs) - monotonicMs;
  if (view.waiting && waitMs > 0) {
    const reason = WAITING[view.waiting.reason] ?? "Waits, goes on in";
    return `${reason} ${formatCountdown(waitMs)}${count === "" ? "" : `${SEPARATOR}${count.trim()}`}`;
  }
  return view.quote === null ? "Looking for files" : `Reviewing${count}`;
}

function figures(view: RunView, monotonicMs: number): string[] {
  const { coverage, budgetUsd } = view;
  const findings = view.findings.error + view.findings.warning + view.findings.info;
  const budget = budgetUsd === null ? "" : ` of ${formatUsd(budgetUsd)}`;
  const isWaiting = view.waiting !== null && view.waiting.untilMonotonicMs > monotonicMs;
  return [
    ...(findings > 0 ? [formatQuantity(findings, "finding")] : []),
    ...(view.provider === "offline"
      ? []
      : [view.costUnknown ? "cost unknown" : `${formatUsd(view.spentUsd)}${budget}`]),
    ...(view.remainingMs === null || isWaiting ? [] : [`about ${formatCountdown(view.remainingMs)} left`]),
    ...(coverage.failed > 0 ? [`${formatCount(coverage.failed)} failed`] : []),
    ...(coverage.cached > 0 ? [`${formatCount(coverage.cached)} cached`] : []),
  ];
}

/** The end of a path says more than its beginning. */
function cutPath(path: string, width: number): string {
  if (displayWidth(path) <= width) return path;
  const name = path.slice(path.lastIndexOf("/") + 1);
  return truncate(name, width);
}

/** For a log: what is about to happen. */
export function startLine(view: RunView, plan: Extract<RunEvent, { readonly type: "plan" }>): string {
  const work = formatQuantity(plan.files - plan.skipped - plan.cachedFiles, "file");
  const cached = plan.cachedFiles > 0 ? `; ${formatCount(plan.cachedFiles)} cached` : "";
  if (view.provider === "offline") return `Reviewing ${work} offline${cached}.`;
  const { likelyUsd, atMostUsd } = plan.quote;
  const price = view.costUnknown ? "cost unknown" : `about ${formatUsd(likelyUsd)}, at most ${formatUsd(atMostUsd)}`;
  const budget = view.budgetUsd === null ? "no budget" : `budget ${formatUsd(view.budgetUsd)}`;
  return `Reviewing ${work} with ${escapeLine(view.model ?? view.provider)}: ${price}, ${budget}${cached}.`;
}

/** For a log: how far it is. */
export function quarterLine(view: RunView, monotonicMs: number): string {
  const { done, total } = workOf(view);
  return [
    `${formatPercent(done / total)}: ${formatCount(done)} of ${formatQuantity(total, "file")}`,
    ...figures(view, monotonicMs),
  ].join(SEPARATOR);
}

const ENDED: Readonly<Record<RunView["state"], string>> = {
  idle: "Ended",
  running: "Ended",
  complete: "Complete",
  partial: "Partial",
  cancelled: "Cancelled",
  budget: "Budget reached",
  error: "Stopped by an error",
  interrupted: "Interrupted",
};

/** For a log: how it ended. */
export function endLine(view: RunView): string {
  const { coverage } = view;
  const done = coverage.reviewed + coverage.cached;
  return `${ENDED[view.state]}: ${formatCount(done)} of ${formatQuantity(coverage.files - coverage.skipped, "file")} reviewed.`;
}
