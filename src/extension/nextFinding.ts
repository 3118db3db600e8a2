/** Which finding comes next, from a place in the editor. Pure. */
import type { Finding } from "../shared/report.ts";

export interface Cursor {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/** Whole lines of a file, from 1, the last included. */
export interface Passage {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
}

export function touches(finding: Finding, { path, startLine, endLine }: Passage): boolean {
  return finding.path === path && finding.startLine <= endLine && finding.endLine >= startLine;
}

/**
 * Whether steps stay in the passage: while the cursor is in it, or at what the last step led to, which may begin
 * before it.
 */
export function staysWithin(passage: Passage, cursor: Cursor | undefined, last: Finding | undefined): boolean {
  if (!cursor || cursor.path !== passage.path) return false;
  if (cursor.line >= passage.startLine && cursor.line <= passage.endLine) return true;
  return last !== undefined && touches(last, passage) && holds(last, cursor);
}

/** The finding whose range holds the place; of several, the one that starts last. */
export function findingAt(findings: readonly Finding[], cursor: Cursor): Finding | undefined {
  return findings
    .filter((finding) => holds(finding, cursor))
    .toSorted(byPlace)
    .at(-1);
}

/**
 * The index of the finding to go to, in the order given, around the end; -1 when there are none.
 * @param last where the last step led: while the cursor is still there, the step goes on from it, so that two findings
 * at one place are both reached
 */
export function stepFinding(
  findings: readonly Finding[],
  direction: 1 | -1,
  cursor: Cursor | undefined,
  last: Finding | undefined,
): number {
  const { length } = findings;
  if (length === 0) return -1;
  const stayed = last && cursor && holds(last, cursor);
  const from = stayed ? last : cursor && findingAt(findings, cursor);
  // A run makes them anew: what was gone to is the same finding, and another object.
  const at = from ? findings.findIndex(({ id, path }) => id === from.id && path === from.path) : -1;
  if (at >= 0) return (at + direction + length) % length;
  const ownFile = cursor ? findings.filter(({ path }) => path === cursor.path).toSorted(byPlace) : [];
  const beyond = cursor && closest(ownFile, direction, cursor);
  if (beyond) return findings.indexOf(beyond);
  return direction === 1 ? 0 : length - 1;
}

function closest(own: readonly Finding[], direction: 1 | -1, { line, column }: Cursor): Finding | undefined {
  const isAfter = (one: Finding) => one.startLine > line || (one.startLine === line && one.startColumn > column);
  return direction === 1 ? own.find(isAfter) : own.findLast((one) => !isAfter(one));
}

function holds(finding: Finding, { path, line, column }: Cursor): boolean {
  if (finding.path !== path || line < finding.startLine || line > finding.endLine) return false;
  if (line === finding.startLine && column < finding.startColumn) return false;
  return line < finding.endLine || column <= finding.endColumn;
}

function byPlace(a: Finding, b: Finding): number {
  return a.startLine - b.startLine || a.startColumn - b.startColumn;
}
