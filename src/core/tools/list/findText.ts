/** Finds a text as it is written. Time grows with the text and no faster, whatever is searched for. */

export interface TextPattern {
  readonly query: string;
  /** False: A to Z are the same as a to z, as git has it. */
  readonly isExact: boolean;
  readonly isWord: boolean;
}

export interface TextMatch {
  /** 1-based, UTF-16 units. */
  readonly line: number;
  readonly column: number;
  /** Offsets, half-open. */
  readonly start: number;
  readonly end: number;
  readonly lineStart: number;
  readonly lineEnd: number;
}

/** More would be of no use to anybody. */
const MOST_MATCHES = 1_000;

/** The first match of each line. */
export function findText(text: string, { query, isExact, isWord }: TextPattern): TextMatch[] {
  const haystack = isExact ? text : foldAscii(text);
  const needle = isExact ? query : foldAscii(query);
  const matches: TextMatch[] = [];
  let line = 1;
  let lineStart = 0;
  for (let at = haystack.indexOf(needle); at !== -1 && matches.length < MOST_MATCHES;) {
    const end = at + needle.length;
    if (isWord && !isWholeWord(text, at, end)) {
      at = haystack.indexOf(needle, at + 1);
      continue;
    }
    for (let feed = text.indexOf("\n", lineStart); feed !== -1 && feed < at; feed = text.indexOf("\n", lineStart)) {
      line++;
      lineStart = feed + 1;
    }
    const feed = text.indexOf("\n", end);
    const lineEnd = feed === -1 ? text.length : text[feed - 1] === "\r" ? feed - 1 : feed;
    matches.push({ line, column: at - lineStart + 1, start: at, end, lineStart, lineEnd });
    at = feed === -1 ? -1 : haystack.indexOf(needle, feed + 1);
  }
  return matches;
}

/** Same length, whatever is in it. */
function foldAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function isWholeWord(text: string, start: number, end: number): boolean {
  return !isWordAt(text, start - 1) && !isWordAt(text, end);
}

function isWordAt(text: string, at: number): boolean {
  return /[\w\u00aa-\uffff]/.test(text.charAt(at)) && !/[\u2000-\u206f\u3000-\u303f\ufeff]/.test(text.charAt(at));
}
