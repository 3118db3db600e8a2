/** The report as a document: what was not reviewed first, then findings by gravity, then every file that needs a word. */
import { summarizeAreas } from "./areaSummary.ts";
import { escapeLine, escapeText } from "./escapeText.ts";
import { formatCount, formatDuration, formatQuantity, formatUsd } from "./format.ts";
import type { FileReport, Finding, Report, Severity } from "./report.ts";
import { countUnchecked, secondLookSentence } from "./secondLook.ts";

const HEADINGS: readonly (readonly [Severity, string])[] = [
  ["error", "Errors"],
  ["warning", "Warnings"],
  ["info", "Infos"],
];
/** Of the offline engine: what they are about is not repeated. */
const SECRET_RULES = /^(hardcoded-secret|exposed-key|private-key)/;
const MOST_FILES = 200;

/** GitHub's Markdown. Whatever a model or a file name says is text in it: no link, no mark-up, no mention. */
export function reportMarkdown(report: Report): string {
  const secretLines = linesWithSecrets(report.findings);
  const sections = HEADINGS.flatMap(([severity, heading]) => {
    const findings = report.findings.filter((finding) => finding.severity === severity).toSorted(byPlace);
    if (findings.length === 0) return [];
    return [
      `## ${heading} (${formatCount(findings.length)})`,
      ...findings.flatMap((finding) => findingBlocks(finding, secretLines)),
    ];
  });
  const blocks = [
    "# Onceover",
    ...warnings(report),
    outcome(report),
    ...scope(report),
    facts(report),
    ...summary(report),
    ...sections,
    ...refuted(report.refuted ?? []),
    ...fileList("Failed", report.files, "failed"),
    ...fileList("Pending", report.files, "pending"),
    ...fileList("Skipped", report.files, "skipped"),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function byPlace(a: Finding, b: Finding): number {
  return compare(a.path, b.path) || a.startLine - b.startLine || a.startColumn - b.startColumn || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function warnings({ run, coverage }: Report): string[] {
  const { failed, pending } = coverage;
  if (run.complete && run.stoppedBy === null && failed + pending === 0) return [];
  const reasons = { budget: "the budget was reached", cancel: "it was cancelled", error: "it was stopped by an error" };
  const why = run.stoppedBy === null ? [] : [`${reasons[run.stoppedBy]}.`];
  const message = run.error === null ? [] : [plain(run.error.message)];
  const missing = `${formatQuantity(failed, "file")} failed and ${formatQuantity(pending, "file")} ${pending === 1 ? "is" : "are"} pending.`;
  return [["> **This review is not complete:**", ...why, ...message, missing].join(" ")];
}

function outcome({ run, findings, coverage }: Report): string {
  const reviewed = coverage.reviewed + coverage.cached;
  if (coverage.files === 0 && run.since !== undefined) return `No file differs from ${code(run.since)}.`;
  if (coverage.files === 0) return "Nothing to review: no files.";
  if (reviewed + findings.length === 0) return "No file was reviewed.";
  if (findings.length === 0) return `No findings in ${formatQuantity(reviewed, "file")}.`;
  const files = new Set(findings.map((finding) => finding.path)).size;
  return `${formatQuantity(findings.length, "finding")} in ${formatQuantity(files, "file")}.`;
}

function scope({ run, coverage }: Report): string[] {
  if (run.since === undefined || coverage.files === 0) return [];
  return [`Only files that differ from ${code(run.since)} were looked at.`];
}

function facts(report: Report): string {
  const { run, coverage, suppressed, cost } = report;
  const unchecked = countUnchecked(report);
  const hidden = suppressed.dismissed + suppressed.inline + suppressed.baseline + suppressed.refuted;
  const isOffline = run.provider === "offline";
  const spent = cost.unknown ? `at least ${formatUsd(cost.usd)}, the rest is unknown` : formatUsd(cost.usd);
  const rows: [string, string][] = [
    ["Files", formatCount(coverage.files)],
    ["Reviewed", formatCount(coverage.reviewed)],
    ["Cached", formatCount(coverage.cached)],
    ["Skipped", formatCount(coverage.skipped)],
    ["Failed", formatCount(coverage.failed)],
    ["Pending", formatCount(coverage.pending)],
    ["Hidden findings", formatCount(hidden)],
    ...(unchecked > 0 ? [["Errors not checked", formatCount(unchecked)] as [string, string]] : []),
    ["Reviewer", isOffline ? "offline" : plain(run.model ?? run.provider)],
    ["Cost", isOffline ? "free" : spent],
    ...(cost.maybeBilledUsd > 0
      ? [["Maybe billed", `up to ${formatUsd(cost.maybeBilledUsd)} more`] as [string, string]]
      : []),
    ["Time", formatDuration(run.durationMs)],
  ];
  return ["| | |", "|---|---|", ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join("\n");
}

const MOST_AREAS = 8;
const MOST_PATTERNS = 6;

/** What a reader should know first. Left out where the findings themselves are as quickly read. */
function summary(report: Report): string[] {
  const { areas, lookFirst, patterns } = summarizeAreas(report);
  if (report.findings.length <= lookFirst.length) return [];
  const first = lookFirst.map(
    ({ finding }) =>
      `1. ${plain(finding.title)} (${finding.severity}, ${code(`${finding.path}:${finding.startLine}`)})`,
  );
  const places = areas
    .filter((area) => area.findings > 0)
    .slice(0, MOST_AREAS)
    .map(({ path, findings, files }) => {
      const name = path === "" ? "top folder" : code(path);
      return `- ${name}: ${formatQuantity(findings, "finding")} in ${formatQuantity(files, "file")}`;
    });
  const repeated = patterns
    .slice(0, MOST_PATTERNS)
    .map(
      ({ rule, findings, files }) =>
        `- ${code(rule)}: ${formatQuantity(findings, "finding")} in ${formatQuantity(files, "file")}`,
    );
  return [
    ...listUnder("Look here first", first),
    ...listUnder("By area", places.length > 1 ? places : []),
    ...listUnder("What repeats itself", repeated),
  ];
}

function listUnder(heading: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`## ${heading}`, items.join("\n")];
}

function findingBlocks(finding: Finding, secretLines: ReadonlySet<string>): string[] {
  const { path, startLine, startColumn, title, detail, quote, category, rule, confidence } = finding;
  const facts = category === rule ? category : `${category}, ${rule}`;
  const detailText = detail
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .map(plain);
  return [
    `### ${plain(title)}`,
    `${code(`${path}:${startLine}:${startColumn}`)} (${plain(facts)}, confidence ${Math.round(confidence * 100)} %)`,
    ...(holdsSecret(finding, secretLines) ? [] : [fenced(quote)]),
    ...detailText,
    ...(finding.secondLook ? [plain(secondLookSentence(finding))] : []),
  ];
}

const MOST_REFUTED = 100;

/** One line each: they are no findings, and there for whoever wants to judge for themselves. */
function refuted(findings: readonly Finding[]): string[] {
  if (findings.length === 0) return [];
  const rows = findings
    .slice(0, MOST_REFUTED)
    .map(
      (finding) =>
        `- ${plain(finding.title)} (${code(`${finding.path}:${finding.startLine}`)}): ${plain(finding.secondLook?.reason ?? "")}`,
    );
  const left = findings.length - rows.length;
  if (left > 0) rows.push(`- and ${formatCount(left)} more`);
  return [`## Refuted by a second look (${formatCount(findings.length)})`, rows.join("\n")];
}

function fileList(heading: string, files: readonly FileReport[], status: FileReport["status"]): string[] {
  const own = files.filter((file) => file.status === status);
  if (own.length === 0) return [];
  const named = own
    .slice(0, MOST_FILES)
    .map((file) => `- ${code(file.path)}: ${plain(file.reason ?? "no reason given")}`);
  const left = own.length - named.length;
  return [
    `## ${heading} (${formatCount(own.length)})`,
    [...named, ...(left > 0 ? [`- and ${formatQuantity(left, "more file")}`] : [])].join("\n"),
  ];
}

function linesWithSecrets(findings: readonly Finding[]): ReadonlySet<string> {
  return new Set(findings.filter((one) => SECRET_RULES.test(one.rule)).flatMap(linesOf));
}

function holdsSecret(finding: Finding, secretLines: ReadonlySet<string>): boolean {
  return linesOf(finding).some((line) => secretLines.has(line));
}

function linesOf({ path, startLine, endLine }: Finding): string[] {
  return Array.from({ length: endLine - startLine + 1 }, (_, index) => `${path}\0${startLine + index}`);
}

/** One line, every mark of Markdown and HTML taken literally. */
function plain(text: string): string {
  const line = escapeLine(text.replace(/\s+/g, " ").trim());
  return line.replace(/[\\`*_{}[\]()#+\-.!|~:^$]/g, "\\$&").replace(/[&<>@]/g, (one) => `&#${one.charCodeAt(0)};`);
}

/** A span whose fence is longer than any run of backticks in it. */
function code(text: string): string {
  const line = escapeLine(text);
  const fence = "`".repeat(longestRun(line) + 1);
  return longestRun(line) > 0 ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

function fenced(text: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}\n${escapeText(text).replace(/\r?\n/g, "\n")}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
