/** Finds the code that a finding quotes: models' line numbers drift, verbatim quotes do not. */
import type { Range } from "../../shared/report.ts";

/**
 * The quote's span in `text`, half-open, without surrounding white space; undefined when it is nowhere.
 * First verbatim; then line by line, white space at both ends and repeated white space forgiven.
 */
export function locateSpan(text: string, quote: string): { start: number; end: number } | undefined {
  const wanted = quote.trim();
  if (wanted === "") return undefined;
  const exact = text.indexOf(wanted);
  if (exact !== -1) return { start: exact, end: exact + wanted.length };
  return locateLines(text, wanted);
}

function locateLines(text: string, wanted: string): { start: number; end: number } | undefined {
  const quoted = wanted
    .split(/\r?\n/)
    .map(normalise)
    .filter((line) => line !== "");
  // A short single line in other spacing is found in too many places to be evidence.
  if (quoted.length === 0 || quoted.join("").length < 4) return undefined;
  const lines = textLines(text).filter((line) => line.normal !== "");
  for (let first = 0; first + quoted.length <= lines.length; first++) {
    if (!quoted.every((line, offset) => lines[first + offset]!.normal === line)) continue;
    return { start: lines[first]!.start, end: lines[first + quoted.length - 1]!.end };
  }
  return undefined;
}

function normalise(line: string): string {
  return line.trim().replace(/\s+/g, " ");
}

/** Offsets of each line's trimmed content. */
function textLines(text: string): { normal: string; start: number; end: number }[] {
  const found = [];
  let at = 0;
  for (const line of text.split("\n")) {
    const start = at + (line.length - line.trimStart().length);
    found.push({ normal: normalise(line), start, end: at + line.trimEnd().length });
    at += line.length + 1;
  }
  return found;
}

/** 1-based lines and columns of a half-open span. */
export function rangeOf(text: string, start: number, end: number): Range {
  const from = positionOf(text, start);
  const to = positionOf(text, end);
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}

function positionOf(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", lineStart)) {
    line++;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1 };
}
