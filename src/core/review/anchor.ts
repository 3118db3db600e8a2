/** Turns what a model said into findings that point at real code, or drops it. */
import type { Severity, TextEdit } from "../../shared/report.ts";
import type { Span } from "../offline/analysis.ts";
import type { UnitFinding } from "../store/storedReview.ts";
import { locateSpan, rangeOf } from "./locateQuote.ts";
import type { ReplyFinding } from "./parseReply.ts";
import { withoutLineNumbers } from "./prompt.ts";

const MAX_TITLE = 120;
const MAX_NEEDS = 400;
const MAX_QUOTED_LINES = 12;

export interface AnchorSource {
  /** The unit as sent: secrets masked, same length and lines as in the file. */
  readonly text: string;
  /** Spans of `text` that stand for secrets. */
  readonly redactions: readonly Span[];
}

/** undefined: the quote is nowhere in the unit, so the finding has no evidence. Lines count from the unit's first. */
export function anchorFinding(finding: ReplyFinding, source: AnchorSource): UnitFinding | undefined {
  const located = locateSpan(source.text, finding.quote) ?? locateSpan(source.text, withoutLineNumbers(finding.quote));
  const span = located && withoutSecrets(shorten(located, source.text), source);
  if (!span) return undefined;
  const { title, category, confidence, scenario, explanation } = finding;
  return {
    ...rangeOf(source.text, span.start, span.end),
    severity: severityOf(finding),
    category,
    rule: category,
    title: clip(oneLine(title), MAX_TITLE),
    detail: [scenario, explanation]
      .map((part) => part.trim())
      .filter(Boolean)
      .join("\n\n"),
    quote: copyOf(source.text.slice(span.start, span.end)),
    fix: located && span.end === located.end && span.start === located.start ? fixOf(finding, source.text, span) : null,
    confidence: Math.min(1, Math.max(0, confidence)),
    source: "model",
    ...(finding.needs?.trim() && { needs: clip(oneLine(finding.needs), MAX_NEEDS) }),
  };
}

/** To V8 a slice is a view of the whole text: a report's quotes would keep every file's source in memory. */
function copyOf(slice: string): string {
  return Buffer.from(slice, "utf16le").toString("utf16le");
}

/** No scenario, no error. */
function severityOf(finding: ReplyFinding): Severity {
  return finding.severity === "error" && finding.scenario.trim() === "" ? "warning" : finding.severity;
}

/** A model that quotes a whole function means its beginning. */
function shorten(span: Span, text: string): Span {
  let end = span.start;
  for (let line = 0; line < MAX_QUOTED_LINES; line++) {
    const next = text.indexOf("\n", end);
    if (next === -1 || next >= span.end) return span;
    end = next + 1;
  }
  return { start: span.start, end: span.start + text.slice(span.start, end).trimEnd().length };
}

/** A report must not carry what was kept from the model: the range ends before a secret, or begins after it. */
function withoutSecrets(span: Span, source: AnchorSource): Span | undefined {
  let { start, end } = span;
  for (const secret of source.redactions) {
    if (secret.end <= start || secret.start >= end) continue;
    if (source.text.slice(start, secret.start).trim() !== "") end = secret.start;
    else start = secret.end;
  }
  const text = source.text.slice(start, Math.max(start, end));
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  const from = start + text.indexOf(trimmed);
  return { start: from, end: from + trimmed.length };
}

/** The fix replaces the quoted lines as a whole. */
function fixOf(finding: ReplyFinding, text: string, span: Span): { readonly edits: readonly TextEdit[] } | null {
  if (finding.fix === null) return null;
  const lineStart = text.lastIndexOf("\n", span.start - 1) + 1;
  const nextBreak = text.indexOf("\n", span.end);
  const lineEnd = nextBreak === -1 ? text.length : nextBreak;
  // Quoted from within a line, or with more behind it: then "exactly the quoted lines" is not what was quoted.
  if (text.slice(lineStart, span.start).trim() !== "" || text.slice(span.end, lineEnd).trim() !== "") return null;
  const indentation = text.slice(lineStart, span.start);
  // Where lines look like numbered ones by themselves, nobody knows whose a number is.
  const fix = withoutLineNumbers(text) === text ? withoutLineNumbers(finding.fix) : finding.fix;
  const newText = withIndentation(fix.replace(/\r?\n$/, ""), indentation);
  const replaced = text.slice(lineStart, lineEnd).replace(/\r$/, "");
  if (newText === replaced) return null;
  return { edits: [{ ...rangeOf(text, lineStart, lineStart + replaced.length), newText }] };
}

/** Where the model dropped the first line's indentation (as its quote may), all lines get it back. */
function withIndentation(fix: string, indentation: string): string {
  if (indentation === "" || fix === "" || /^\s/.test(fix)) return fix;
  return fix
    .split("\n")
    .map((line) => (line === "" ? line : indentation + line))
    .join("\n");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function clip(text: string, maximum: number): string {
  return text.length <= maximum ? text : `${text.slice(0, maximum - 1)}…`;
}
