/** The status bar's tooltip: money, files, caches, in the panel's order. Pure; Markdown out. */
import type { Report } from "../shared/report.ts";
import type { RunView } from "../shared/runView.ts";
import { isOver, leftToday } from "../shared/dailyBudget.ts";
import { formatCount, formatCountdown, formatPercent, formatUsd } from "../shared/format.ts";
import { t, tCount } from "../shared/localize.ts";
import { countFindings, workOf, type StatusInput } from "./statusText.ts";
import { oneLine } from "./oneLine.ts";
import type { Outstanding } from "../shared/panelFigures.ts";

/** The only commands that the tooltip's links may run. */
export const TOOLTIP_COMMANDS = [
  "onceover.analyzeWorkspace",
  "onceover.resume",
  "onceover.cancel",
  "onceover.showPerformance",
  "onceover.showReport",
  "onceover.collectOvernight",
] as const;

type Row = readonly [name: string, value: string];

export interface TooltipInput extends StatusInput {
  readonly report: Report | null;
  /** How long ago the run ended, milliseconds; null: not known. */
  readonly endedAgoMs: number | null;
  /** Wall clock, milliseconds since 1970. */
  readonly nowMs: number;
  /** What is out for the night; missing or null: nothing. */
  readonly overnight?: Outstanding | null;
}

export function statusTooltip(input: TooltipInput): string {
  const { view } = input;
  if (!view || view.state === "idle") return idleTooltip(input);
  const lines = [
    `**${titleOf(input, view)}**${asideOf(input, view)}`,
    ...(view.error ? [escapeMarkdown(oneLine(view.error.message, 300))] : []),
    tableOf([...moneyRows(view, input), ...fileRows(view), ...cacheRows(input, view), ...saveRows(input)]),
    ...saveNotes(input),
    ...overnightNotes(input),
    linksOf(input),
  ];
  return lines.join("\n\n");
}

function idleTooltip(input: TooltipInput): string {
  const state = input.isTrusted
    ? t("no run yet")
    : t("restricted: this folder is not trusted, so only the offline engine runs and nothing is sent");
  return [`**Onceover**, ${state}`, ...saveNotes(input), ...overnightNotes(input), linksOf(input)].join("\n\n");
}

function stateName(state: RunView["state"]): string {
  switch (state) {
    case "idle":
      return t("Ready");
    case "running":
      return t("Reviewing");
    case "complete":
      return t("Complete");
    case "partial":
      return t("Partial");
    case "cancelled":
      return t("Cancelled");
    case "budget":
      return t("Budget reached");
    case "error":
      return t("Stopped by an error");
    case "interrupted":
      return t("Interrupted");
  }
}

function titleOf(input: TooltipInput, view: RunView): string {
  if (!input.isActive || view.state !== "running") return stateName(view.state);
  const { done, total } = workOf(view);
  return total > 0 ? t("Reviewing {0} of {1}", done, total) : t("Counting files");
}

function asideOf(input: TooltipInput, view: RunView): string {
  if (input.isActive) {
    return view.remainingMs === null ? "" : `, ${t("about {0} left", formatCountdown(view.remainingMs))}`;
  }
  return input.endedAgoMs === null ? "" : `, ${agoText(input.endedAgoMs)}`;
}

/** Coarse on purpose: the tooltip is written when something changes, not every second. */
export function agoText(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return t("just now");
  if (minutes < 60) return t("{0} min ago", minutes);
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return t("{0} h ago", hours);
  const days = Math.floor(hours / 24);
  return tCount(days, "{0} day ago", "{0} days ago");
}

function moneyRows(view: RunView, { onSave, nowMs }: TooltipInput): Row[] {
  if (view.provider === "offline") return [[t("Spent"), t("free, offline")]];
  const spent = view.costUnknown ? t("unknown, at least {0}", formatUsd(view.spentUsd)) : formatUsd(view.spentUsd);
  const wall = view.budgetUsd;
  const rows: Row[] = [[t("Spent"), wall === null ? spent : t("{0} of {1} budget", spent, formatUsd(wall))]];
  if (view.reservedUsd > 0)
    rows.push([t("Reserved"), t("{0} for {1} in flight", formatUsd(view.reservedUsd), view.inFlight.length)]);
  if (view.savedUsd > 0) rows.push([t("Saved"), formatUsd(view.savedUsd)]);
  const daily = onSave?.daily ?? view.daily;
  if (daily && !isOver(daily, nowMs))
    rows.push([t("Left today"), t("{0} of {1}", formatUsd(leftToday(daily)), formatUsd(daily.limitUsd))]);
  if (view.maybeBilledUsd > 0) rows.push([t("Maybe billed"), t("{0} more", formatUsd(view.maybeBilledUsd))]);
  return rows;
}

function fileRows(view: RunView): Row[] {
  const { cached, reviewed, skipped, failed, pending } = view.coverage;
  const counts: readonly [number, string][] = [
    [cached, t("{0} cached", formatCount(cached))],
    [reviewed, t("{0} reviewed", formatCount(reviewed))],
    [skipped, t("{0} skipped", formatCount(skipped))],
    [failed, t("{0} failed", formatCount(failed))],
    [pending, t("{0} pending", formatCount(pending))],
  ];
  const parts = counts.filter(([count]) => count > 0).map(([, words]) => words);
  const rows: Row[] = [[t("Files"), parts.join(", ") || t("none")]];
  if (view.inFlight.length > 0) rows.push([t("In flight"), String(view.inFlight.length)]);
  rows.push([t("Findings"), formatCount(countFindings(view))]);
  return rows;
}

function cacheRows(input: TooltipInput, view: RunView): Row[] {
  const rows: Row[] = [];
  const hits = input.isActive ? undefined : input.report?.cache;
  if (hits && input.report?.run.id === view.runId) {
    const units = hits.hits.memory + hits.hits.disk + hits.misses;
    if (units > 0 && hits.hits.memory > 0) rows.push([t("From memory"), formatPercent(hits.hits.memory / units)]);
    if (units > 0 && hits.hits.disk > 0) rows.push([t("From disk"), formatPercent(hits.hits.disk / units)]);
  }
  if (view.tokens.cachedInput > 0) {
    rows.push([t("Prompt cache"), t("{0} of input", formatPercent(view.tokens.cachedInput / view.tokens.input))]);
  }
  return rows;
}

function saveRows({ onSave }: TooltipInput): Row[] {
  if (!onSave) return [];
  const { isChecking, spentUsd, costUnknown } = onSave;
  const spent = costUnknown ? t("unknown, at least {0}", formatUsd(spentUsd)) : t("{0} spent", formatUsd(spentUsd));
  if (isChecking) return [[t("On save"), t("checking")]];
  return spentUsd > 0 || costUnknown ? [[t("On save"), spent]] : [];
}

function saveNotes({ onSave }: TooltipInput): string[] {
  if (!onSave) return [];
  const { staleFiles, note } = onSave;
  const stale = tCount(
    staleFiles,
    "{0} file is stale since the last save. Analyze Workspace reviews it.",
    "{0} files are stale since the last save. Analyze Workspace reviews them.",
  );
  return [...(staleFiles > 0 ? [stale] : []), ...(note === null ? [] : [escapeMarkdown(oneLine(note, 300))])];
}

function overnightNotes({ overnight }: TooltipInput): string[] {
  if (!overnight) return [];
  return [`${outstandingText(overnight)} ${link(t("Collect"), "onceover.collectOvernight")}`];
}

/** A price that is not known is not nothing. */
function outstandingText({ units, atMostUsd }: Outstanding): string {
  if (atMostUsd === 0)
    return tCount(units, "{0} overnight review is outstanding.", "{0} overnight reviews are outstanding.");
  return tCount(
    units,
    "{0} overnight review is outstanding, for at most {1}.",
    "{0} overnight reviews are outstanding, for at most {1}.",
    formatUsd(atMostUsd),
  );
}

function tableOf(rows: readonly Row[]): string {
  return ["| | |", "|:--|--:|", ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join("\n");
}

function linksOf(input: TooltipInput): string {
  const links = [link(t("Open Performance"), "onceover.showPerformance")];
  if (input.report) links.push(link(t("Open Report"), "onceover.showReport"));
  if (input.isActive) links.push(link(t("Cancel"), "onceover.cancel"));
  else if (!input.view || input.view.state === "idle")
    links.push(link(t("Analyze Workspace"), "onceover.analyzeWorkspace"));
  else if (input.view.state === "interrupted") links.push(link(t("Resume"), "onceover.resume"));
  return links.join("&nbsp;&nbsp;&nbsp;");
}

function link(title: string, command: (typeof TOOLTIP_COMMANDS)[number]): string {
  return `[${title}](command:${command})`;
}

/** A message may hold a server's words: nothing in it may become a link, an image or an icon. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()#+\-.!~|<>&$:]/g, String.raw`\$&`);
}
