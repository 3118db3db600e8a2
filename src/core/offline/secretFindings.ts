/** Findings for secrets: their place is known, their value is not told. */
import type { RawFinding } from "./rawFinding.ts";
import type { Rule } from "./ruleFile.ts";
import type { SecretKind, SecretSpan } from "./secrets.ts";

const RULES: Readonly<Record<SecretKind, string>> = {
  "private-key": "private-key",
  "provider-key": "exposed-key",
  generic: "hardcoded-secret",
};

/** Few enough to tell nothing: at most four characters, and never more than a quarter. */
export function shownLength(length: number): number {
  return Math.max(1, Math.min(4, Math.floor(length / 4)));
}

export function secretFindings(secrets: readonly SecretSpan[], rules: ReadonlyMap<string, Rule>): RawFinding[] {
  return secrets.map(({ kind, start, end }) => ({
    rule: rules.get(RULES[kind])!,
    start,
    end: start + shownLength(end - start),
  }));
}
