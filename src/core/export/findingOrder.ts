import type { Finding } from "../../shared/report.ts";

/** By path, place, rule and id: the same findings stand in the same order however the run came to them. */
export function inStableOrder(findings: readonly Finding[]): Finding[] {
  return findings.toSorted(
    (a, b) =>
      compare(a.path, b.path) ||
      a.startLine - b.startLine ||
      a.startColumn - b.startColumn ||
      a.endLine - b.endLine ||
      a.endColumn - b.endColumn ||
      compare(a.rule, b.rule) ||
      compare(a.id, b.id),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
