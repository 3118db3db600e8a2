/** What a run covered and cost, in words. */
import {
  formatCount,
  formatDuration,
  formatPercent,
  formatPercentiles,
  formatQuantity,
  formatTokens,
  formatUsd,
} from "../../shared/format.ts";
import type { Coverage, Report, Severity } from "../../shared/report.ts";
import { countUnchecked } from "../../shared/secondLook.ts";

const SEPARATOR = " · ";

export const SEVERITIES: readonly Severity[] = ["error", "warning", "info"];

/** `2 errors · 1 warning`; what there is none of is left out. */
export function severityWords(counts: Readonly<Record<Severity, number>>): string[] {
  const words = [
    counts.error > 0 ? formatQuantity(counts.error, "error") : "",
    counts.warning > 0 ? formatQuantity(counts.warning, "warning") : "",
    counts.info > 0 ? `${formatCount(counts.info)} info` : "",
  ];
  return words.filter((word) => word !== "");
}

export function countSeverities(findings: Iterable<{ readonly severity: Severity }>): Record<Severity, number> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}

/** `412 files · 371 cached · 38 reviewed · 3 skipped` */
export function coverageWords(coverage: Coverage): string {
  const parts = (["cached", "reviewed", "skipped", "failed", "pending"] as const)
    .filter((status) => coverage[status] > 0)
    .map((status) => `${formatCount(coverage[status])} ${status}`);
  return [formatQuantity(coverage.files, "file"), ...parts].join(SEPARATOR);
}

/** `$0.09 spent · $0.75 saved · 91 % cached · 42 requests · 297 k tokens in · 31.7 s` */
export function meterWords(report: Report): string {
  const { run, coverage, cost, usage } = report;
  const reviewable = coverage.files - coverage.skipped;
  const cached = reviewable > 0 ? [`${formatPercent(coverage.cached / reviewable)} cached`] : [];
  const time = formatDuration(run.durationMs);
  if (run.provider === "offline") return ["free, nothing left this machine", ...cached, time].join(SEPARATOR);
  const tokens = usage.inputTokens > 0 ? [`${formatTokens(usage.inputTokens)} tokens in`] : [];
  return [
    spentWords(cost),
    ...(cost.maybeBilledUsd > 0 ? [`up to ${formatUsd(cost.maybeBilledUsd)} more may have been billed`] : []),
    ...(cost.savedUsd > 0 ? [`${formatUsd(cost.savedUsd)} saved`] : []),
    ...cached,
    formatQuantity(usage.requests, "request"),
    ...tokens,
    time,
  ].join(SEPARATOR);
}

function spentWords({ usd, unknown }: Report["cost"]): string {
  if (!unknown) return `${formatUsd(usd)} spent`;
  return usd > 0 ? `at least ${formatUsd(usd)} spent, the rest is unknown` : "cost unknown";
}

/** For those who want to know more: phases, requests, memory. */
export function detailWords(report: Report): string[] {
  const { latency, usage, memory } = report;
  const phases = latency.phases.map(({ name, ms }) => `${name} ${formatDuration(ms)}`);
  const requests = { ...latency.requestMs, count: usage.requests };
  return [
    ...(phases.length > 0 ? [phases.join(SEPARATOR)] : []),
    ...(usage.requests > 0
      ? [`requests: ${formatPercentiles(requests)}, ${formatQuantity(usage.retries, "retry", "retries")}`]
      : []),
    `memory: ${formatCount(memory.peakRssBytes / 1_024 ** 2)} MB at most`,
  ];
}

/** `3 dismissed, 1 by a comment in the code`; null when nothing is hidden. */
export function suppressedWords({ dismissed, inline, baseline, refuted }: Report["suppressed"]): string | null {
  const parts = [
    dismissed > 0 ? `${formatCount(dismissed)} dismissed` : "",
    inline > 0 ? `${formatCount(inline)} by comments in the code` : "",
    baseline > 0 ? `${formatCount(baseline)} in the baseline` : "",
    refuted > 0 ? `${formatCount(refuted)} refuted` : "",
  ].filter((part) => part !== "");
  return parts.length > 0 ? parts.join(", ") : null;
}

/** That errors are shown as warnings because nobody came to check them; empty: there are none. */
export function uncheckedWords(report: Report): string[] {
  const count = countUnchecked(report);
  if (count === 0) return [];
  const what = count === 1 ? "error was not checked and is" : "errors were not checked and are";
  return [
    `${formatCount(count)} claimed ${what} shown as ${count === 1 ? "a warning" : "warnings"}: run again to check`,
  ];
}

/** Reasons with their numbers, most frequent first: `2 minified, 1 binary`. */
export function reasonWords(reasons: Iterable<string>): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .toSorted(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .map(([reason, count]) => `${formatCount(count)} ${reason}`)
    .join(", ");
}
