/**
 * What others wrote (paths, code, titles by a model), made safe to show: characters that are not seen, or that change
 * how others are seen, appear as `\u{202e}`. For every sink: terminal, log, tree, tooltip and webview.
 *
 * Escaped are control characters (a terminal obeys them), format characters (bidirectional overrides, zero-width
 * ones), line and paragraph separators, lone surrogates, and all that renderers leave out by default (fillers, tags,
 * variation selectors). A variation selector that makes a pictograph colourful is harmless and stays.
 */
const HIDDEN =
  /(?<!\p{Emoji_Presentation}|\p{Extended_Pictographic})\uFE0F|(?!\uFE0F)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Line breaks and tabs stay; a carriage return stays only as a part of `\r\n`. */
export function escapeText(text: string): string {
  return text.replace(HIDDEN, (character, at: number) => {
    if (character === "\n" || character === "\t") return character;
    if (character === "\r" && text[at + 1] === "\n") return character;
    return escapeCharacter(character);
  });
}

/** For places of one line: line breaks and tabs are escaped as well. */
export function escapeLine(text: string): string {
  return text.replace(HIDDEN, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}
