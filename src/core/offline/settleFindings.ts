/** From places to findings: limits, ranges, verbatim quotes, ids. */
import type { Severity } from "../../shared/report.ts";
import { fingerprintFindings } from "../review/fingerprint.ts";
import type { ContentFinding, Span } from "./analysis.ts";
import type { LineIndex } from "./lineIndex.ts";
import type { RawFinding } from "./rawFinding.ts";
import { shownLength } from "./secretFindings.ts";

/** A file that breaks one rule a thousand times says it in ten; the rest would only bury what else is wrong. */
export const MAX_PER_RULE = 10;
export const MAX_PER_FILE = 50;
/** A quote is there to be recognised: longer code is shown by its first line, and no line by more than this. */
const MAX_QUOTED_LINES = 5;
const MAX_QUOTE_LENGTH = 400;

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

const severityOf = (finding: RawFinding) => finding.severity ?? finding.rule.severity;

/** Sorted by position. `secrets` are kept out of every quote but for their first characters. */
export function settleFindings(
  found: readonly RawFinding[],
  text: string,
  secrets: readonly Span[],
  lines: LineIndex,
): ContentFinding[] {
  const placed = found.flatMap((finding) => {
    const span = quotable(finding, text, secrets);
    return span ? [{ ...finding, ...span }] : [];
  });
  const kept = limit(unique(placed)).toSorted((a, b) => a.start - b.start || a.end - b.end);
  const findings = kept.map((finding) => toFinding(finding, text, lines));
  const ids = fingerprintFindings(findings);
  return findings.map((finding, index) => Object.assign(finding, { id: ids[index]! }));
}

function toFinding(finding: RawFinding, text: string, lines: LineIndex): Omit<ContentFinding, "id"> {
  const { rule } = finding;
  return {
    ...lines.range(finding),
    severity: severityOf(finding),
    category: rule.category,
    rule: rule.id,
    title: finding.title ?? rule.title,
    detail: finding.detail ?? rule.detail,
    quote: text.slice(finding.start, finding.end),
    fix: null,
    confidence: rule.confidence,
    source: "offline",
  };
}

/** The part of a finding's place that may be shown; undefined when nothing is left. */
function quotable({ start, end }: Span, text: string, secrets: readonly Span[]): Span | undefined {
  let last = end;
  const secret = secrets.find((one) => one.start < end && one.end > start);
  if (secret)
    last = Math.min(last, secret.start >= start ? secret.start + shownLength(secret.end - secret.start) : start);
  const quote = text.slice(start, last);
  const firstBreak = quote.search(/\r?\n/);
  const isLong = quote.length > MAX_QUOTE_LENGTH || quote.split("\n", MAX_QUOTED_LINES + 1).length > MAX_QUOTED_LINES;
  if (isLong && firstBreak !== -1) last = start + firstBreak;
  last = Math.min(last, start + MAX_QUOTE_LENGTH);
  last = start + text.slice(start, last).trimEnd().length;
  // Half of a surrogate pair is no text.
  if (isHighSurrogate(text.charCodeAt(last - 1))) last--;
  return last > start ? { start, end: last } : undefined;
}

const isHighSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdbff;

function unique(found: readonly RawFinding[]): RawFinding[] {
  const seen = new Map<string, RawFinding>();
  for (const finding of found) {
    const key = `${finding.rule.id}:${finding.start}:${finding.end}`;
    if (!seen.has(key)) seen.set(key, finding);
  }
  return [...seen.values()];
}

/** The gravest ones, and among equals the first in the file. */
function limit(found: readonly RawFinding[]): RawFinding[] {
  const perRule = new Map<string, number>();
  const ordered = found.toSorted((a, b) => RANK[severityOf(a)] - RANK[severityOf(b)] || a.start - b.start);
  const kept = ordered.filter(({ rule }) => {
    const count = (perRule.get(rule.id) ?? 0) + 1;
    perRule.set(rule.id, count);
    return count <= MAX_PER_RULE;
  });
  return kept.slice(0, MAX_PER_FILE);
}
