/** Offsets to 1-based lines and columns, both in UTF-16 units. */
import type { Range } from "../../shared/report.ts";
import type { Span } from "./analysis.ts";

export interface LineIndex {
  readonly lineCount: number;
  range(span: Span): Range;
  /** Offset at which the 1-based line begins; the text's end for a line after the last. */
  lineStart(line: number): number;
}

/** Lines end with `\n`, as everywhere in the core; a `\r` before it belongs to its line. */
export function createLineIndex(text: string): LineIndex {
  const starts = lineStarts(text);
  const position = (offset: number) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  };
  return {
    lineCount: starts.length,
    range({ start, end }) {
      const from = position(start);
      const to = position(end);
      return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
    },
    lineStart: (line) => starts[line - 1] ?? text.length,
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
