/** Findings for secrets: their place is known, their value is not told. */
import type { Severity } from "../../shared/report.ts";
import type { RawFinding } from "./rawFinding.ts";
import type { Rule } from "./ruleFile.ts";
import type { SecretKind, SecretSpan } from "./secrets.ts";

interface Report {
  readonly rule: string;
  readonly title?: string;
  readonly severity?: Severity;
}

const REPORTS: Readonly<Record<SecretKind, Report>> = {
  "private-key": { rule: "private-key" },
  "provider-key": { rule: "exposed-key" },
  "browser-key": {
    rule: "exposed-key",
    title: "Google API key stands in the code, anyone can use it unless it is limited",
    severity: "info",
  },
  generic: { rule: "hardcoded-secret" },
  "client-key": {
    rule: "hardcoded-secret",
    title: "Key or token stands in the code, everyone with the source can use it",
    severity: "info",
  },
};

/** Few enough to tell nothing: at most four characters, and never more than a quarter. */
export function shownLength(length: number): number {
  return Math.max(1, Math.min(4, Math.floor(length / 4)));
}

export function secretFindings(secrets: readonly SecretSpan[], rules: ReadonlyMap<string, Rule>): RawFinding[] {
  return secrets.map(({ kind, start, end }) => {
    const { rule, ...own } = REPORTS[kind];
    return { rule: rules.get(rule)!, start, end: start + shownLength(end - start), ...own };
  });
}
