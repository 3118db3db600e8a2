/** Large files are reviewed in chunks, each an answer of its own. */

export interface Chunk {
  /** 1-based, inclusive. */
  readonly startLine: number;
  readonly endLine: number;
  readonly text: string;
}

/** UTF-16 units. About 16,000 tokens: well inside every model's window, and small enough to be read with care. */
export const MAX_CHUNK_LENGTH = 64 * 1024;

/** One chunk for all but large files. Together the chunks are the text, without gap or overlap. */
export function splitText(text: string, maxLength = MAX_CHUNK_LENGTH): Chunk[] {
  const lines = splitLines(text);
  if (text.length <= maxLength) return [{ startLine: 1, endLine: lines.length, text }];
  const chunks: Chunk[] = [];
  for (let start = 0; start < lines.length;) {
    const end = chunkEnd(lines, start, maxLength);
    chunks.push({ startLine: start + 1, endLine: end, text: lines.slice(start, end).join("") });
    start = end;
  }
  return chunks;
}

/** Lines with their line breaks kept; joined they are the text. An empty text has one line. */
function splitLines(text: string): string[] {
  const lines = text.split(/(?<=\n)/);
  return lines.length === 0 ? [""] : lines;
}

/** The line after the chunk's last: at the best border in the last 40 % of what fits. */
function chunkEnd(lines: readonly string[], start: number, maxLength: number): number {
  let length = 0;
  let best = -1;
  let bestStrength = 0;
  for (let index = start; index < lines.length; index++) {
    length += lines[index]!.length;
    if (length > maxLength && index > start) return best > start ? best : index;
    const strength = length > maxLength * 0.6 ? borderStrength(lines, index + 1) : 0;
    if (strength > 0 && strength >= bestStrength) {
      best = index + 1;
      bestStrength = strength;
    }
  }
  return lines.length;
}

/** How good a place it is to cut before `index`: top-level code after a blank line is best. */
function borderStrength(lines: readonly string[], index: number): number {
  const next = lines[index];
  if (next === undefined || !/^[^\s)}\]]/.test(next)) return 0;
  return /^\s*$/.test(lines[index - 1] ?? "") ? 2 : 1;
}
