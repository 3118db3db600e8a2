/** How many columns text takes on a terminal, and lines broken by that measure. */
let segmenter: Intl.Segmenter | undefined;

/** Its tables take longer to load than all of a short run's own modules, and most runs meet nothing but ASCII. */
function segments(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return segmenter.segment(text);
}

// East Asian Wide and Fullwidth, by script and block, and pictographs that are shown in colour.
const WIDE =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Yi}\p{Emoji_Presentation}\u3000-\u303e\u30fb\u30fc\uff01-\uff60\uffe0-\uffe6]/u;
const NARROW_KATAKANA_AND_HANGUL = /^[\uff61-\uffdc]/;
const NO_WIDTH = /^[\p{Mn}\p{Me}]+$/u;
const PLAIN = /^[\x20-\x7e]*$/;
const ASCII = /^[\t\x20-\x7e]*$/;

/** One grapheme's columns. Control characters are escaped before anything is measured. */
function graphemeWidth(grapheme: string): number {
  if (NO_WIDTH.test(grapheme)) return 0;
  if (NARROW_KATAKANA_AND_HANGUL.test(grapheme)) return 1;
  return WIDE.test(grapheme) || (grapheme.length > 1 && grapheme.includes("\ufe0f")) ? 2 : 1;
}

export interface Grapheme {
  readonly text: string;
  readonly width: number;
  /** UTF-16 offset in the text it comes from. */
  readonly index: number;
}

export function* graphemes(text: string): Generator<Grapheme> {
  // Segmenting is slow, and most code is ASCII; a tab's width is its caller's to know.
  if (ASCII.test(text)) {
    for (let index = 0; index < text.length; index++) yield { text: text[index]!, width: 1, index };
    return;
  }
  for (const { segment, index } of segments(text)) yield { text: segment, width: graphemeWidth(segment), index };
}

export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const grapheme of graphemes(text)) width += grapheme.width;
  return width;
}

/** At most `width` columns, the end replaced by `…` where something is cut. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = "";
  let used = 0;
  for (const grapheme of graphemes(text)) {
    if (used + grapheme.width > width - 1) break;
    kept += grapheme.text;
    used += grapheme.width;
  }
  return width > 0 ? `${kept}…` : "";
}

/** Words on lines of at most `width` columns; a word that is longer is broken. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  let used = 0;
  for (const word of text.split(" ").flatMap((one) => pieces(one, width))) {
    const wordWidth = displayWidth(word);
    if (line !== "" && used + 1 + wordWidth > width) {
      lines.push(line);
      line = word;
      used = wordWidth;
    } else {
      line = line === "" ? word : `${line} ${word}`;
      used += (used > 0 ? 1 : 0) + wordWidth;
    }
  }
  if (line !== "") lines.push(line);
  return lines;
}

function pieces(word: string, width: number): string[] {
  if (displayWidth(word) <= width) return word === "" ? [] : [word];
  const found: string[] = [];
  let piece = "";
  let used = 0;
  for (const grapheme of graphemes(word)) {
    if (used + grapheme.width > width && piece !== "") {
      found.push(piece);
      piece = "";
      used = 0;
    }
    piece += grapheme.text;
    used += grapheme.width;
  }
  return piece === "" ? found : [...found, piece];
}
