/**
 * Text from models and file names, for places that show it: control, bidirectional and zero-width characters are
 * escaped, so that what is read is what is there. Line breaks and tabs stay.
 */
export function visibleText(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character === "\n" || character === "\t" ? character : `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

/** The same on one line, cut at `most` characters. */
export function visibleLine(text: string, most = 300): string {
  const line = visibleText(text.replaceAll(/\s+/g, " ").trim());
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}
