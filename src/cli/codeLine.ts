/** One line of code on a terminal: tabs as spaces, hidden characters escaped, long lines cut around what matters. */
import { escapeLine } from "../shared/escapeText.ts";
import { displayWidth, graphemes } from "./displayWidth.ts";

const TAB_COLUMNS = 4;
const ELLIPSIS = "…";

interface Cell {
  readonly text: string;
  /** UTF-16 offset in the line. */
  readonly index: number;
  readonly column: number;
  readonly width: number;
}

export interface CodeLine {
  readonly text: string;
  /** Where to underline, in columns; width 0 where nothing is. */
  readonly mark: { readonly column: number; readonly width: number };
}

/** @param span what to underline, half-open, in UTF-16 units; undefined: nothing */
export function renderCodeLine(
  line: string,
  span: { start: number; end: number } | undefined,
  width: number,
): CodeLine {
  const cells = toCells(line);
  const marked = span ? cells.filter((cell) => cell.index < span.end && cell.index + 1 > span.start) : [];
  const last = cells.at(-1);
  const total = last ? last.column + last.width : 0;
  const from = marked[0]?.column ?? total;
  const to = marked.length > 0 ? marked.at(-1)!.column + marked.at(-1)!.width : total;
  const start =
    total <= width || to <= width - 1 || !span
      ? 0
      : Math.max(0, Math.min(from - Math.floor(width / 4), total - width + 1));
  const window = cutWindow(cells, start, total > width ? width : total);
  const markStart = Math.max(from - start, 0) + (start > 0 && from === start ? 1 : 0);
  // An empty range, or one at the end of its line, still shows where it is.
  const markWidth = span ? Math.max(1, Math.min(to - start, width) - markStart) : 0;
  return { text: window, mark: { column: markStart, width: markWidth } };
}

function toCells(line: string): Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  for (const grapheme of graphemes(line)) {
    const text = grapheme.text === "\t" ? " ".repeat(TAB_COLUMNS - (column % TAB_COLUMNS)) : escapeLine(grapheme.text);
    const width = text === grapheme.text ? grapheme.width : displayWidth(text);
    cells.push({ text, index: grapheme.index, column, width });
    column += width;
  }
  return cells;
}

/** `width` columns from `start`; an ellipsis stands in the first and last column where something is missing. */
function cutWindow(cells: readonly Cell[], start: number, width: number): string {
  const last = cells.at(-1);
  const isCutAtEnd = last !== undefined && last.column + last.width > start + width;
  const from = start > 0 ? start + 1 : 0;
  const to = start + width - (isCutAtEnd ? 1 : 0);
  let text = start > 0 ? ELLIPSIS : "";
  let column = from;
  for (const cell of cells) {
    if (cell.column < from || cell.column + cell.width > to) continue;
    // A wide character that the border cuts through leaves a gap.
    text += " ".repeat(Math.max(0, cell.column - column)) + cell.text;
    column = cell.column + cell.width;
  }
  return isCutAtEnd ? text + ELLIPSIS : text;
}
