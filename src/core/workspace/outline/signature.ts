/** A declaration as one line of text that reformatting does not change. */
import type { Span } from "../../offline/analysis.ts";

const TOKEN =
  /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|[\p{L}\p{N}_$]+|\s+|=>|->|::|\.\.\.|[=!<]=|[^]/gu;
const SPACED = new Set(["=", "=>", "->", "{", "}", "|", "&"]);
const LONGEST = 600;

/** Bodies and comments (`cuts`, sorted by start, may nest) are left out; one around the declaration does not count. */
export function signatureText(source: string, { start, end }: Span, cuts: readonly Span[]): string {
  let text = "";
  let at = start;
  for (let next = firstFrom(cuts, start); next < cuts.length; next++) {
    const cut = cuts[next]!;
    if (cut.start >= end) break;
    if (cut.end <= at) continue;
    if (cut.start > at) text += source.slice(at, cut.start);
    text += " ";
    at = Math.min(cut.end, end);
  }
  return oneSpacing(text + source.slice(at, end));
}

function firstFrom(cuts: readonly Span[], offset: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cuts[middle]!.start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Words apart, everything else together but for commas, colons and the like; no comma or semicolon at an end. */
function oneSpacing(text: string): string {
  let line = "";
  let last = "";
  for (const token of text.match(TOKEN) ?? []) {
    if (/^\s/.test(token)) continue;
    if (last === "," && /^[)\]}>]$/.test(token)) line = line.slice(0, -1);
    if (last !== "" && needsSpace(last, token)) line += " ";
    line += token;
    last = token;
  }
  const trimmed = line.replace(/[\s;,:=]+$/u, "");
  return trimmed.length > LONGEST ? `${trimmed.slice(0, LONGEST)}…` : trimmed;
}

function needsSpace(before: string, after: string): boolean {
  if (/^[)\],;>.?]/.test(after) || /[([<]$/.test(before)) return SPACED.has(after);
  if (SPACED.has(before) || SPACED.has(after)) return true;
  if (before === "," || before === ":" || before === ";") return true;
  return isWord(before.at(-1)!) && isWord(after[0]!);
}

function isWord(character: string): boolean {
  return /[\p{L}\p{N}_$"'`]/u.test(character);
}
