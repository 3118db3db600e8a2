/** A finding's fix at the place where its quote stands now. Pure. */
import type { Finding, TextEdit } from "../../shared/report.ts";

export interface OffsetEdit {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly newText: string;
}

/**
 * @param quoteStart where the quote begins in `text`
 * @param quote as it stands in `text`, its line breaks included
 * @returns null when there is no fix, or the text there is not the one that it was written for
 */
export function placeFix(finding: Finding, text: string, quoteStart: number, quote: string): OffsetEdit[] | null {
  if (!finding.fix || !text.startsWith(quote, quoteStart)) return null;
  const edits = finding.fix.edits.map((edit) => placeEdit(finding, edit, text, quoteStart, quote));
  return edits.every((edit) => edit !== null) ? edits : null;
}

function placeEdit(finding: Finding, edit: TextEdit, text: string, quoteStart: number, quote: string) {
  const start = relativeOffset(finding, quote, edit.startLine, edit.startColumn);
  const end = relativeOffset(finding, quote, edit.endLine, edit.endColumn);
  if (start === null || end === null || end < start) return null;
  // A fix replaces whole lines: what it covers beside the quote was blank, and has to be still.
  const isBlank = (from: number, to: number) => /^[^\S\r\n]*$/.test(text.slice(quoteStart + from, quoteStart + to));
  if (quoteStart + start < 0 || quoteStart + end > text.length) return null;
  if (!isBlank(Math.min(start, 0), 0) || !isBlank(quote.length, Math.max(end, quote.length))) return null;
  return { start: quoteStart + start, end: quoteStart + end, newText: edit.newText };
}

/** From the quote's beginning; null for a place on none of its lines. */
function relativeOffset(finding: Finding, quote: string, line: number, column: number): number | null {
  if (line === finding.startLine) return column - finding.startColumn;
  const lines = quote.split("\n");
  const index = line - finding.startLine;
  if (index < 0 || index >= lines.length) return null;
  return lines.slice(0, index).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
}
