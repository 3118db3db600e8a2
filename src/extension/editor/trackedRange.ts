/**
 * Where a quoted piece of text stands while the text around it is edited. Pure: offsets are UTF-16 units.
 *
 * A range that an edit touches turns stale and becomes the region in which the quote may come back: it swallows every
 * further edit that touches it, so that undoing them always brings the quote back inside it.
 */
export interface TrackedRange {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  /** The text there is no longer the quote. */
  readonly isStale: boolean;
  /** How far behind `start` the quote began when the range turned stale; tells equal texts in the region apart. */
  readonly lead: number;
}

/** All changes of one event refer to the text before it and do not overlap, as VS Code reports them. */
export interface TextChange {
  readonly offset: number;
  readonly removedLength: number;
  readonly text: string;
}

/** Finds the quote where it should be, or where it stands nearest to that; stale when it is nowhere. */
export function trackRange(text: string, quote: string, expectedStart: number): TrackedRange {
  const start = text.startsWith(quote, expectedStart) ? expectedStart : nearest(text, quote, expectedStart);
  if (start !== -1) return { start, end: start + quote.length, isStale: false, lead: 0 };
  const end = Math.min(text.length, expectedStart + quote.length);
  return { start: Math.min(expectedStart, text.length), end, isStale: true, lead: 0 };
}

/** @param text the whole text after the changes; asked for only when the range was touched or is stale */
export function followChanges(
  range: TrackedRange,
  quote: string,
  changes: readonly TextChange[],
  text: () => string,
): TrackedRange {
  const backwards = changes.toSorted((a, b) => b.offset - a.offset);
  const moved = backwards.reduce(followChange, range);
  return moved.isStale ? revive(moved, quote, text()) : moved;
}

function followChange(range: TrackedRange, { offset, removedLength, text }: TextChange): TrackedRange {
  const changeEnd = offset + removedLength;
  const grown = text.length - removedLength;
  // At the edge of a sound range an edit leaves the quote alone; a stale one may get its text back there.
  const isBefore = range.isStale ? changeEnd < range.start : changeEnd <= range.start;
  const isBehind = range.isStale ? offset > range.end : offset >= range.end;
  if (isBefore) return { ...range, start: range.start + grown, end: range.end + grown };
  if (isBehind) return range;
  const start = Math.min(range.start, offset);
  const end = Math.max(range.end, changeEnd) + grown;
  return { start, end, isStale: true, lead: range.lead + range.start - start };
}

function revive(range: TrackedRange, quote: string, text: string): TrackedRange {
  const region = text.slice(range.start, range.end);
  const found = nearest(region, quote, range.lead);
  if (found === -1) return range;
  const start = range.start + found;
  return { start, end: start + quote.length, isStale: false, lead: 0 };
}

/** The occurrence that begins nearest to `at`; -1 when there is none. */
function nearest(text: string, quote: string, at: number): number {
  if (quote === "") return -1;
  const before = text.lastIndexOf(quote, at);
  const after = text.indexOf(quote, at);
  if (before === -1 || after === -1) return Math.max(before, after);
  return at - before <= after - at ? before : after;
}
