/** Lower case by which texts are compared, unit for unit as long as what it was made from: places in one are places in the other. */
export function foldCase(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  // A few letters become longer, such as İ: they stay as they are.
  return text.replaceAll(/[^]/gu, (letter) => {
    const one = letter.toLowerCase();
    return one.length === letter.length ? one : letter;
  });
}

export interface MarkedPiece {
  readonly text: string;
  readonly isMatch: boolean;
}

/**
 * The text in pieces, those that match marked; together they are the text.
 *
 * @param wanted folded; empty: nothing is marked
 */
export function markPieces(text: string, wanted: string): readonly MarkedPiece[] {
  const pieces: MarkedPiece[] = [];
  const folded = wanted === "" ? "" : foldCase(text);
  let end = 0;
  for (let at = wanted === "" ? -1 : folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, end)) {
    if (at > end) pieces.push({ text: text.slice(end, at), isMatch: false });
    end = at + wanted.length;
    pieces.push({ text: text.slice(at, end), isMatch: true });
  }
  if (end < text.length) pieces.push({ text: text.slice(end), isMatch: false });
  return pieces;
}
