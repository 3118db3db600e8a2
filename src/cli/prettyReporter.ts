/** The report for people: findings by file, worst first, then what was covered and what it cost. */
import { escapeLine } from "../shared/escapeText.ts";
import { formatCount, formatQuantity } from "../shared/format.ts";
import type { Finding, Report, Severity } from "../shared/report.ts";
import { secondLookSentence } from "../shared/secondLook.ts";
import { renderCodeFrame } from "./codeFrame.ts";
import { displayWidth, wrap } from "./displayWidth.ts";
import {
  countSeverities,
  coverageWords,
  detailWords,
  meterWords,
  reasonWords,
  SEVERITIES,
  severityWords,
  suppressedWords,
  uncheckedWords,
} from "../core/export/figures.ts";
import { findingWords, oneLine, partialWords, scopeWords } from "../core/export/outcomeWords.ts";
import type { Palette } from "./palette.ts";
import type { ReadLines } from "../core/export/sourceLines.ts";

const MOST_FINDINGS = 50;
const MOST_FILES_SUMMED = 20;
const MOST_FAILURES = 50;
const INDENT = "  ";

const GLYPHS: Readonly<Record<Severity, string>> = { error: "✖", warning: "▲", info: "●" };

export interface PrettyOptions {
  readonly width: number;
  readonly palette: Palette;
  readonly readLines: ReadLines;
  readonly verbose: boolean;
}

/** Piece by piece, so that a reader that goes away stops the work. */
export function* renderPretty(report: Report, options: PrettyOptions): Generator<string> {
  const groups = groupByFile(report.findings);
  const shown = worstFindings(groups);
  let rest: FileGroup[] = [];
  for (const group of groups) {
    const inFull = group.findings.filter((finding) => shown.has(finding));
    if (inFull.length > 0) yield lines(renderFile(group, inFull, options));
    const left = group.findings.filter((finding) => !shown.has(finding));
    if (left.length > 0) rest.push({ ...group, findings: left });
  }
  rest = rest.toSorted(byGravity);
  if (rest.length > 0) yield lines(renderRest(rest, options));
  yield lines(renderClosing(report, options));
}

function lines(rows: readonly string[]): string {
  // On a terminal every space is a whole cell; the narrow one would only get in the way of searching.
  return `${rows.join("\n").replaceAll("\u202f", " ")}\n`;
}

interface FileGroup {
  readonly path: string;
  readonly findings: readonly Finding[];
  /** Of the whole file, however many of its findings are in this group. */
  readonly inFile: readonly Finding[];
}

function groupByFile(findings: readonly Finding[]): FileGroup[] {
  const byPath = Map.groupBy(findings, (finding) => finding.path);
  return [...byPath]
    .map(([path, inFile]) => ({ path, findings: inFile.toSorted(bySeverityAndPlace), inFile }))
    .toSorted(byGravity);
}

function byGravity(a: FileGroup, b: FileGroup): number {
  const [left, right] = [countSeverities(a.findings), countSeverities(b.findings)];
  const graver = SEVERITIES.find((severity) => left[severity] !== right[severity]);
  return graver ? right[graver] - left[graver] : a.path < b.path ? -1 : 1;
}

function bySeverityAndPlace(a: Finding, b: Finding): number {
  const severity = SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
  return severity || a.startLine - b.startLine || a.startColumn - b.startColumn;
}

/** An error in the last file is worth more room than an info in the first. */
function worstFindings(groups: readonly FileGroup[]): ReadonlySet<Finding> {
  const all = groups.flatMap((group) => group.findings);
  const worst = SEVERITIES.flatMap((severity) => all.filter((finding) => finding.severity === severity));
  return new Set(worst.slice(0, MOST_FINDINGS));
}

function renderFile(group: FileGroup, inFull: readonly Finding[], options: PrettyOptions): string[] {
  const { palette, width } = options;
  const path = escapeLine(group.path);
  const counts = severityWords(countSeverities(group.inFile)).join(" · ");
  const gap = width - displayWidth(path) - displayWidth(counts) - 2;
  const rule = gap >= 3 ? ` ${palette.dim("─".repeat(gap))} ` : "  ";
  const head = gap >= 0 ? [`${palette.bold(path)}${rule}${counts}`] : [palette.bold(path), `${INDENT}${counts}`];
  return [...head, "", ...inFull.flatMap((finding) => [...renderFinding(finding, group, options), ""])];
}

function renderFinding(finding: Finding, group: FileGroup, options: PrettyOptions): string[] {
  const { palette, width } = options;
  const textWidth = width - 4;
  const [first = "", ...more] = wrap(oneLine(finding.title), textWidth);
  const where = `${escapeLine(finding.path)}:${finding.startLine}:${finding.startColumn}`;
  const facts = [`${finding.severity}`, finding.category, oneLine(finding.rule), ...(finding.fix ? ["has a fix"] : [])];
  const meta = `${where} · ${facts.join(" · ")}`;
  const frame = renderCodeFrame(finding, options.readLines(finding.path), group.inFile, { palette, width: textWidth });
  const said = [...paragraphs(finding.detail), ...paragraphs(secondLookSentence(finding))];
  const detail = said.flatMap((paragraph) => wrap(paragraph, Math.min(textWidth, 100)));
  return [
    `${INDENT}${palette[finding.severity](GLYPHS[finding.severity])} ${palette.bold(first)}`,
    ...more.map((row) => `${INDENT}  ${palette.bold(row)}`),
    // Never broken: terminals make a link of it.
    ...(displayWidth(meta) <= textWidth ? [meta] : [where, facts.join(" · ")]).map((row) => `    ${palette.dim(row)}`),
    "",
    ...frame.map((row) => `    ${row}`),
    ...(detail.length > 0 ? ["", ...detail.map((row) => `    ${row}`)] : []),
  ];
}

function paragraphs(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map(oneLine)
    .filter((paragraph) => paragraph !== "");
}

function renderRest(rest: readonly FileGroup[], { palette, width }: PrettyOptions): string[] {
  const count = rest.reduce((sum, group) => sum + group.findings.length, 0);
  const files = rest.slice(0, MOST_FILES_SUMMED).map((group) => {
    const words = severityWords(countSeverities(group.findings)).join(" · ");
    return `${INDENT}${escapeLine(group.path)}: ${words}`;
  });
  const left = rest.length - files.length;
  return [
    palette.bold(`${formatQuantity(count, "more finding")} in ${formatQuantity(rest.length, "file")}`),
    ...files,
    ...(left > 0 ? [`${INDENT}and ${formatQuantity(left, "more file")}`] : []),
    ...wrap("All of them: --format json", width - 2).map((row) => INDENT + row),
    "",
  ];
}

function renderClosing(report: Report, { palette, width, verbose }: PrettyOptions): string[] {
  const indented = (text: string) => wrap(text, width - 2).map((row) => INDENT + row);
  const hidden = suppressedWords(report.suppressed);
  return [
    palette.dim("─".repeat(width)),
    ...partialWords(report).flatMap((text) => wrap(text, width).map((row) => palette.warning(row))),
    ...wrap(findingWords(report), width).map((row) => palette.bold(row)),
    ...scopeWords(report).flatMap(indented),
    ...(hidden === null ? [] : indented(`hidden: ${hidden}`)),
    ...uncheckedWords(report).flatMap(indented),
    ...wrap(coverageWords(report.coverage), width),
    ...renderSkipped(report).flatMap(indented),
    ...renderFailed(report).flatMap(indented),
    ...wrap(meterWords(report), width),
    ...(verbose ? detailWords(report).flatMap(indented) : []),
  ];
}

function renderSkipped({ files }: Report): string[] {
  const skipped = files.filter((file) => file.status === "skipped");
  return skipped.length > 0
    ? [`skipped: ${oneLine(reasonWords(skipped.map((file) => file.reason ?? "no reason given")))}`]
    : [];
}

function renderFailed({ files }: Report): string[] {
  const failed = files.filter((file) => file.status === "failed");
  const rows = failed
    .slice(0, MOST_FAILURES)
    .map((file) => `failed: ${escapeLine(file.path)}: ${oneLine(file.reason ?? "no reason given")}`);
  const left = failed.length - rows.length;
  return left > 0 ? [...rows, `and ${formatCount(left)} more that failed: --format json lists them`] : rows;
}
