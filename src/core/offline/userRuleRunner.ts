/** Runs a team's own rules. Each has its own query, so that a faulty or slow one takes nothing else down. */
import type { Language, Tree } from "web-tree-sitter";
import { describeError } from "../../shared/errors.ts";
import type { RawFinding } from "./rawFinding.ts";
import { parseRules, type Rule } from "./ruleFile.ts";
import { createRuleRunner, type RuleRunner } from "./ruleRunner.ts";

interface UserFindings {
  readonly found: readonly RawFinding[];
  /** For people: rules that cannot be used or took too long. */
  readonly notices: readonly string[];
}

export interface UserRuleRunner {
  run(tree: Tree, text: string): UserFindings;
}

/** Of one rule in one file. Built-in rules take about a millisecond. */
const QUERY_TIMEOUT_MS = 1_000;

/** Never throws for what a rule contains. @param packed see UserRules.packed */
export function createUserRuleRunner(
  grammar: Language,
  families: readonly string[],
  packed: string,
  nowMs: () => number = () => performance.now(),
): UserRuleRunner {
  const faults: string[] = [];
  const runners: { readonly rule: Rule; readonly runner: RuleRunner }[] = [];
  for (const rule of parseRules(JSON.parse(packed) as Record<string, string>)) {
    for (const family of families.filter((one) => rule.patterns.has(one))) {
      try {
        runners.push({ rule, runner: createRuleRunner(grammar, [family], [rule]) });
      } catch (error) {
        faults.push(describeFault(rule, family, error));
      }
    }
  }
  return {
    run(tree, text) {
      const found: RawFinding[] = [];
      const notices = [...faults];
      for (const { rule, runner } of runners) {
        const deadlineMs = nowMs() + QUERY_TIMEOUT_MS;
        try {
          const own = runner.run(tree, text, () => nowMs() > deadlineMs);
          if (own) found.push(...own);
          else notices.push(`Rule ${rule.id} took more than ${QUERY_TIMEOUT_MS / 1_000} s in a file and was stopped.`);
        } catch (error) {
          notices.push(`Rule ${rule.id} failed: ${describeError(error)}`);
        }
      }
      return { found, notices };
    },
  };
}

function describeFault(rule: Rule, family: string, error: unknown): string {
  const file = `.onceover/rules/${rule.id}/${family}.scm`;
  // tree-sitter's own errors know their place; their class is not exported.
  const index = error instanceof Error && "index" in error ? Number(error.index) : undefined;
  if (index === undefined) return `${file}: ${describeError(error)}`;
  const before = rule.patterns.get(family)!.slice(0, index).split("\n");
  return `${file}:${before.length}:${before.at(-1)!.length + 1}: ${describeError(error)}`;
}
