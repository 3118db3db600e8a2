/** A plan and its quote, before anything is sent. */
import type { PlanSummary } from "../core/engine.ts";
import { leftToday } from "../shared/dailyBudget.ts";
import { originsOfPlan } from "../shared/endpoint.ts";
import { escapeLine } from "../shared/escapeText.ts";
import { formatBytes, formatQuantity, formatTokens, formatUsd } from "../shared/format.ts";
import { displayWidth, truncate, wrap } from "./displayWidth.ts";
import { reasonWords } from "../core/export/figures.ts";
import { renderJsonValue } from "../core/export/jsonReporter.ts";
import type { Palette } from "./palette.ts";

const PLAN_SCHEMA = "onceover.plan/1";
const MOST_FILES = 10;

export function renderPlanJson(plan: PlanSummary): string {
  return renderJsonValue({ schema: PLAN_SCHEMA, ...plan });
}

export function renderPlan(plan: PlanSummary, { palette, width }: { palette: Palette; width: number }): string {
  const isOffline = plan.provider === "offline";
  const rows = [
    palette.bold(planTitle(plan)),
    `  ${countWords(plan)}`,
    ...(plan.skipped.length > 0
      ? [`  skipped: ${escapeLine(reasonWords(plan.skipped.map((file) => file.reason)))}`]
      : []),
    ...(isOffline ? ["  free, nothing leaves this machine"] : priceRows(plan)),
    ...largestFiles(plan, width, palette),
    ...(isOffline ? [] : ["Nothing was sent."]),
  ];
  return `${rows
    .flatMap((row) => wrapIndented(row, width))
    .join("\n")
    .replaceAll("\u202f", " ")}\n`;
}

function planTitle(plan: PlanSummary): string {
  const files = formatQuantity(plan.files, "file");
  if (plan.provider === "offline") return `Plan for ${files}, offline`;
  const origins = originsOfPlan(plan);
  const endpoint = origins.length === 0 ? "" : ` at ${origins.map(escapeLine).join(", ")}`;
  const strong =
    plan.strong && plan.strong.files > 0 ? `, ${escapeLine(plan.strong.model)} for ${plan.strong.files}` : "";
  return `Plan for ${files} with ${escapeLine(plan.model ?? plan.provider)}${strong}${endpoint}`;
}

function countWords(plan: PlanSummary): string {
  const parts = [`${plan.cachedFiles} cached`, `${plan.pendingFiles} to review`, `${plan.skippedFiles} skipped`];
  if (plan.submittedFiles) parts.push(`${plan.submittedFiles} submitted overnight`);
  return parts.join(" · ");
}

function priceRows(plan: PlanSummary): string[] {
  if (plan.misses === 0) return ["  nothing to send: free"];
  const tokens = `about ${formatTokens(plan.inputTokens)} tokens in, ${formatTokens(plan.outputTokens)} out, in ${formatQuantity(plan.requests, "request")}`;
  if (!plan.priceKnown) {
    return [`  ${tokens}`, "  price unknown: name it with --price IN:OUT, or run with --budget none"];
  }
  const { likelyUsd, atMostUsd } = plan.quote;
  const budget = plan.budgetUsd === null ? "no budget" : `budget ${formatUsd(plan.budgetUsd)}`;
  return [
    `  ${tokens}`,
    `  likely ${formatUsd(likelyUsd)}, at most ${formatUsd(atMostUsd)} · ${budget}`,
    ...(plan.learnedFrom
      ? [`  learned from ${formatQuantity(plan.learnedFrom, "earlier reply", "earlier replies")}`]
      : []),
    ...(plan.budgetUsd !== null && likelyUsd > plan.budgetUsd
      ? ["  The run will probably stop at the budget; what is finished by then is kept."]
      : []),
    ...dailyRows(plan),
  ];
}

function dailyRows({ daily, quote }: PlanSummary): string[] {
  if (!daily) return [];
  const leftUsd = leftToday(daily);
  return [
    `  daily budget ${formatUsd(daily.limitUsd)}, ${formatUsd(leftUsd)} of it left today`,
    ...(quote.likelyUsd > leftUsd
      ? ["  The run will probably stop at the daily budget; what is finished by then is kept."]
      : []),
  ];
}

/** The reason stands once for all files that share it, which as a rule is every one. */
function largestFiles(plan: PlanSummary, width: number, palette: Palette): string[] {
  if (plan.pending.length === 0) return [];
  const shown = plan.pending.slice(0, MOST_FILES);
  const left = plan.pending.length - shown.length;
  return [
    "",
    "Largest files to review",
    ...[...Map.groupBy(shown, (file) => file.reason)].flatMap(([reason, files]) => [
      ...wrap(`${escapeLine(reason)}:`, width - 2).map((row) => `  ${palette.dim(row)}`),
      ...sizeRows(files, width),
    ]),
    ...(left > 0 ? [`  and ${formatQuantity(left, "more file")}`] : []),
    "",
  ];
}

function sizeRows(files: PlanSummary["pending"], width: number): string[] {
  const sizes = files.map((file) => formatBytes(file.sizeBytes));
  const sizeWidth = Math.max(...sizes.map(displayWidth));
  return files.map((file, index) => {
    const size = sizes[index]!.padStart(sizeWidth);
    return `  ${size}  ${truncate(escapeLine(file.path), Math.max(12, width - sizeWidth - 4))}`;
  });
}

/** Rows with two spaces at their beginning keep them on every line. Painted rows are short and pass as they are. */
function wrapIndented(row: string, width: number): string[] {
  if (row === "" || row.includes("\u001b") || displayWidth(row) <= width) return [row];
  const indent = row.startsWith("  ") ? "  " : "";
  return wrap(row.trim(), width - indent.length).map((line) => indent + line);
}
