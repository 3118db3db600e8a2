/** What of a file is shown to whoever judges a claim about it: the code around the quote, bounded. */
import type { Span } from "../../offline/analysis.ts";

/** UTF-16 units: about 1,100 tokens, a hundred lines. A file up to this size is shown as a whole. */
export const MAX_EXCERPT_LENGTH = 4_000;

/**
 * The largest declaration around the quote that is not too long; where none is known, the lines around it. Whole lines,
 * half-open.
 * @param symbols of the file, by offsets in `text`
 */
export function excerptAround(text: string, symbols: readonly Span[], quote: Span): Span {
  if (text.length <= MAX_EXCERPT_LENGTH) return { start: 0, end: text.length };
  const around = symbols
    .filter(({ start, end }) => start <= quote.start && quote.end <= end)
    .map((symbol) => wholeLines(text, symbol))
    .filter((span) => lengthOf(span) <= MAX_EXCERPT_LENGTH)
    .toSorted((a, b) => lengthOf(b) - lengthOf(a));
  return around[0] ?? windowAround(text, quote);
}

/** In the order of the file; what overlaps is one. */
export function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && span.start <= last.end) {
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    } else merged.push(span);
  }
  return merged;
}

/**
 * Those signatures whose names stand in the code: an edit of others then leaves what was judged as it was.
 * @param signatures of the whole unit, one a line, members indented below theirs
 */
export function signaturesIn(
  code: string,
  signatures: { readonly text: string; readonly symbols: readonly { readonly name: string }[] } | null,
): string {
  if (!signatures || signatures.text === "") return "";
  const words = new Set(code.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu));
  const named = new Set(signatures.symbols.map(({ name }) => name).filter((name) => words.has(name)));
  const kept: string[] = [];
  let isKept = false;
  for (const line of signatures.text.split("\n")) {
    if (line === "") continue;
    const isMember = /^\s/.test(line);
    if (!isMember) isKept = (line.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []).some((word) => named.has(word));
    if (isKept) kept.push(line);
  }
  return kept.join("\n");
}

/** Where a finding's range lies in a text; undefined: the text there is another one. */
export function spanOfQuote(text: string, { startLine, startColumn, quote }: PlacedQuote): Span | undefined {
  let lineStart = 0;
  for (let line = 1; line < startLine; line++) {
    lineStart = text.indexOf("\n", lineStart) + 1;
    if (lineStart === 0) return undefined;
  }
  const start = lineStart + startColumn - 1;
  return text.startsWith(quote, start) ? { start, end: start + quote.length } : undefined;
}

export interface PlacedQuote {
  /** 1-based. */
  readonly startLine: number;
  readonly startColumn: number;
  readonly quote: string;
}

function lengthOf({ start, end }: Span): number {
  return end - start;
}

function wholeLines(text: string, { start, end }: Span): Span {
  const next = end > start && text[end - 1] === "\n" ? end : text.indexOf("\n", end);
  return { start: text.lastIndexOf("\n", start - 1) + 1, end: next === -1 ? text.length : Math.max(next, end) };
}

/** As much before as behind, cut at line breaks. */
function windowAround(text: string, quote: Span): Span {
  const room = Math.max(0, Math.floor((MAX_EXCERPT_LENGTH - lengthOf(quote)) / 2));
  const from = text.indexOf("\n", Math.max(0, quote.start - room));
  const to = text.lastIndexOf("\n", Math.min(text.length, quote.end + room));
  const whole = wholeLines(text, quote);
  return {
    start: quote.start <= room ? 0 : from === -1 || from >= quote.start ? whole.start : Math.min(from + 1, whole.start),
    end: quote.end + room >= text.length ? text.length : to < quote.end ? whole.end : Math.max(to, whole.end),
  };
}
