/** How much of a file is parsed: the rest of a giant one is looked through for secrets alone. */

/** Four times the longest file people write by hand; what is longer was generated. */
export const MAX_PARSED_LINES = 200_000;
/** UTF-16 units. */
export const MAX_PARSED_LENGTH = 8_000_000;

/** The text up to the limits, in whole lines; the cut lies in the same place on every machine. */
export function parsedPart(text: string): string {
  let end = 0;
  for (let lines = 0; lines < MAX_PARSED_LINES; lines++) {
    const lineBreak = text.indexOf("\n", end);
    const next = lineBreak === -1 ? text.length : lineBreak + 1;
    if (next > MAX_PARSED_LENGTH) break;
    end = next;
    if (end === text.length) return text;
  }
  return text.slice(0, end);
}
