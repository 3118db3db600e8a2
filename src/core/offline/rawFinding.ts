/** What the detectors hand on: a place and a rule, before ranges, quotes, limits and ids. */
import type { Severity } from "../../shared/report.ts";
import type { Span } from "./analysis.ts";
import type { Rule } from "./ruleFile.ts";

export interface RawFinding extends Span {
  readonly rule: Rule;
  /** These stand in for the rule's own. */
  readonly title?: string;
  readonly detail?: string;
  readonly severity?: Severity;
}
