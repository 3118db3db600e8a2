/** The status bar's tooltip: money, files, caches, in the panel's order. Pure; Markdown out. */
import type { Report } from "../shared/report.ts";
import type { RunView } from "../shared/runView.ts";
import { formatCount, formatCountdown, formatPercent, formatUsd } from "../shared/format.ts";
import { countFindings, workOf, type StatusInput } from "./statusText.ts";
import { oneLine } from "./oneLine.ts";

/** The only commands that the tooltip's links may run. */
export const TOOLTIP_COMMANDS = [
  "onceover.analyzeWorkspace",
  "onceover.cancel",
  "onceover.showPerformance",
  "onceover.showReport",
] as const;

type Row = readonly [name: string, value: string];

export interface TooltipInput extends StatusInput {
  readonly report: Report | null;
  /** How long ago the run ended, milliseconds; null: not known. */
  readonly endedAgoMs: number | null;
}

export function statusTooltip(input: TooltipInput): string {
  const { view } = input;
  if (!view || view.state === "idle") return idleTooltip(input);
  const lines = [
    `**${titleOf(input, view)}**${asideOf(input, view)}`,
    ...(view.error ? [escapeMarkdown(oneLine(view.error.message, 300))] : []),
    tableOf([...moneyRows(view), ...fileRows(view), ...cacheRows(input, view)]),
    linksOf(input),
  ];
  return lines.join("\n\n");
}

function idleTooltip(input: TooltipInput): string {
  const state = input.isTrusted
    ? "**Onceover**, no run yet"
    : "**Onceover**, restricted: this folder is not trusted, so only the offline engine runs and nothing is sent";
  return [state, linksOf(input)].join("\n\n");
}

const titles: Readonly<Record<RunView["state"], string>> = {
  idle: "Ready",
  running: "Reviewing",
  complete: "Complete",
  partial: "Partial",
  cancelled: "Cancelled",
  budget: "Budget reached",
  error: "Stopped by an error",
  interrupted: "Interrupted",
};

function titleOf(input: TooltipInput, view: RunView): string {
  if (!input.isActive || view.state !== "running") return titles[view.state];
  const { done, total } = workOf(view);
  return total > 0 ? `Reviewing ${done} of ${total}` : "Counting files";
}

function asideOf(input: TooltipInput, view: RunView): string {
  if (input.isActive) return view.remainingMs === null ? "" : `, about ${formatCountdown(view.remainingMs)} left`;
  return input.endedAgoMs === null ? "" : `, ${agoText(input.endedAgoMs)}`;
}

/** Coarse on purpose: the tooltip is written when something changes, not every second. */
export function agoText(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ago`;
  const days = Math.floor(hours / 24);
  return days === 1 ? "1 day ago" : `${days} days ago`;
}

function moneyRows(view: RunView): Row[] {
  if (view.provider === "offline") return [["Spent", "free, offline"]];
  const spent = view.costUnknown ? `unknown, at least ${formatUsd(view.spentUsd)}` : formatUsd(view.spentUsd);
  const wall = view.budgetUsd === null ? "" : ` of ${formatUsd(view.budgetUsd)} budget`;
  const rows: Row[] = [["Spent", spent + wall]];
  if (view.reservedUsd > 0)
    rows.push(["Reserved", `${formatUsd(view.reservedUsd)} for ${view.inFlight.length} in flight`]);
  if (view.savedUsd > 0) rows.push(["Saved", formatUsd(view.savedUsd)]);
  if (view.maybeBilledUsd > 0) rows.push(["Maybe billed", `${formatUsd(view.maybeBilledUsd)} more`]);
  return rows;
}

function fileRows(view: RunView): Row[] {
  const { cached, reviewed, skipped, failed, pending } = view.coverage;
  const counts: readonly [number, string][] = [
    [cached, "cached"],
    [reviewed, "reviewed"],
    [skipped, "skipped"],
    [failed, "failed"],
    [pending, "pending"],
  ];
  const parts = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  const rows: Row[] = [["Files", parts.join(", ") || "none"]];
  if (view.inFlight.length > 0) rows.push(["In flight", String(view.inFlight.length)]);
  rows.push(["Findings", formatCount(countFindings(view))]);
  return rows;
}

function cacheRows(input: TooltipInput, view: RunView): Row[] {
  const rows: Row[] = [];
  const hits = input.isActive ? undefined : input.report?.cache;
  if (hits && input.report?.run.id === view.runId) {
    const units = hits.hits.memory + hits.hits.disk + hits.misses;
    if (units > 0 && hits.hits.memory > 0) rows.push(["From memory", formatPercent(hits.hits.memory / units)]);
    if (units > 0 && hits.hits.disk > 0) rows.push(["From disk", formatPercent(hits.hits.disk / units)]);
  }
  if (view.tokens.cachedInput > 0) {
    rows.push(["Prompt cache", `${formatPercent(view.tokens.cachedInput / view.tokens.input)} of input`]);
  }
  return rows;
}

function tableOf(rows: readonly Row[]): string {
  return ["| | |", "|:--|--:|", ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join("\n");
}

function linksOf(input: TooltipInput): string {
  const links = ["[Open Performance](command:onceover.showPerformance)"];
  if (input.report) links.push("[Open Report](command:onceover.showReport)");
  if (input.isActive) links.push("[Cancel](command:onceover.cancel)");
  else if (!input.view || input.view.state === "idle")
    links.push("[Analyze Workspace](command:onceover.analyzeWorkspace)");
  else if (input.view.state === "interrupted") links.push("[Resume](command:onceover.analyzeWorkspace)");
  return links.join("&nbsp;&nbsp;&nbsp;");
}

/** A message may hold a server's words: nothing in it may become a link, an image or an icon. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()#+\-.!~|<>&$:]/g, String.raw`\$&`);
}
