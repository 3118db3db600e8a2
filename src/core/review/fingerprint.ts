/** Identity of a finding: the same remark on the same code keeps it over runs, renames and edits elsewhere. */
import { hash } from "node:crypto";
import type { Finding } from "../../shared/report.ts";

/** What counts. Position only orders equal remarks; wording, severity and path play no part. */
export type FingerprintedFinding = Pick<Finding, "rule" | "category" | "quote" | "startLine" | "startColumn">;

/**
 * One id (16 hex characters) for each finding of one file, in the order given. Equal remarks on equal code are told
 * apart by which comes first in the file.
 */
export function fingerprintFindings(findings: readonly FingerprintedFinding[]): string[] {
  const seen = new Map<string, number>();
  const ids = Array.from<string>({ length: findings.length });
  for (const [index, finding] of [...findings.entries()].toSorted(([, a], [, b]) => byPosition(a, b))) {
    const identity = JSON.stringify([finding.rule || finding.category, normalise(finding.quote)]);
    const ordinal = seen.get(identity) ?? 0;
    seen.set(identity, ordinal + 1);
    ids[index] = hash("sha256", JSON.stringify(["onceover-finding/1", identity, ordinal]), "hex").slice(0, 16);
  }
  return ids;
}

function byPosition(a: FingerprintedFinding, b: FingerprintedFinding): number {
  return a.startLine - b.startLine || a.startColumn - b.startColumn;
}

/** Indentation and line breaks come from formatters, not from the code's meaning. */
function normalise(quote: string): string {
  return quote.trim().replace(/\s+/g, " ");
}
