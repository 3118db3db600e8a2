/**
 * Comments by which a file says that a finding is known:
 *
 *     // onceover-ignore weak-hash: a checksum, not a secret
 *     # onceover-ignore-file: generated
 *
 * The first is about its own line where code stands before it, else about the next one, which
 * `onceover-ignore-next-line` always is. Without rules, all of them. They are recognised by the line alone, in whatever comment syntax the language has.
 */

export interface InlineComments {
  isIgnored(finding: { readonly rule: string; readonly category: string; readonly startLine: number }): boolean;
}

/** null: every rule. */
type Rules = ReadonlySet<string> | null;

/** What opens a comment stands before it: the same words in a string or in prose say nothing. */
const DIRECTIVE =
  /(?<opening>\/\/+!?|#+|--|\/\*+|^\s*\*+|<!--|;+|%+|\(\*|\{-|\{#|"""|^\s*'|^\s*[Rr](?:em|EM))\s*onceover-ignore(?:-(?<about>next-line|file))?(?![\w-])(?<rules>[^:]*)/;

/** A quick look before the text is taken apart. */
export const INLINE_MARK = "onceover-ignore";

export function readInlineComments(text: string): InlineComments {
  const ofFile: Rules[] = [];
  const ofLine = new Map<number, Rules[]>();
  let waiting: Rules[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    const match = line.includes(INLINE_MARK) ? DIRECTIVE.exec(line) : null;
    const { about, rules = "" } = match?.groups ?? {};
    if (match && about === "file") ofFile.push(rulesOf(rules));
    // Several in a row are about the line below the last.
    else if (match && (about !== undefined || line.slice(0, match.index).trim() === "")) waiting.push(rulesOf(rules));
    else {
      const here = match ? [...waiting, rulesOf(rules)] : waiting;
      if (here.length > 0) ofLine.set(index + 1, here);
      waiting = [];
    }
  }
  return {
    isIgnored({ rule, category, startLine }) {
      const names = (rules: Rules) => rules === null || rules.has(rule) || rules.has(category);
      return ofFile.some(names) || (ofLine.get(startLine)?.some(names) ?? false);
    },
  };
}

function rulesOf(words: string): Rules {
  // Code may follow behind the comment's end.
  const [named = ""] = words.split(/\*[/)]|-->/);
  const names = named.match(/[a-z0-9][\w./-]*/gi) ?? [];
  return names.length === 0 ? null : new Set(names);
}
