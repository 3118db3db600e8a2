/** Runs the rules' patterns over a tree: one query per language, so that the tree is walked once. */
import { Query, type Language, type Node, type Tree } from "web-tree-sitter";
import type { Severity } from "../../shared/report.ts";
import type { Span } from "./analysis.ts";
import type { Check } from "./checkParts.ts";
import { CHECKS } from "./checks.ts";
import type { RawFinding } from "./rawFinding.ts";
import { parseRaise, type Rule } from "./ruleFile.ts";

export interface RuleRunner {
  /** `text` is what the tree was parsed from. undefined: `isOver`, which is asked now and then, said so. */
  run(tree: Tree, text: string, isOver?: () => boolean): RawFinding[] | undefined;
}

interface Pattern {
  readonly rule: Rule;
  readonly checks: readonly Check[];
  readonly title: string | undefined;
  readonly severity: Severity | undefined;
  readonly raised: { readonly severity: Severity; readonly checks: readonly Check[] } | undefined;
}

/** Throws when a rule has a pattern that the grammar does not know or names no check: rules ship with the program. */
export function createRuleRunner(grammar: Language, families: readonly string[], rules: readonly Rule[]): RuleRunner {
  const { source, ruleAt } = joinPatterns(families, rules);
  const query = new Query(grammar, source);
  const patterns = Array.from({ length: query.patternCount() }, (_, index) =>
    describePattern(query, index, ruleAt(query.startIndexForPattern(index))),
  );
  const brokenSpans = createBrokenSpans(grammar);
  return {
    run(tree, text, isOver = () => false) {
      const broken = brokenSpans(tree);
      const found: RawFinding[] = [];
      let wasStopped = false;
      const matches = query.matches(tree.rootNode, { progressCallback: () => (wasStopped ||= isOver()) });
      if (wasStopped) return undefined;
      for (const match of matches) {
        const pattern = patterns[match.patternIndex]!;
        const captures = new Map(match.captures.map(({ name, node }) => [name, node]));
        for (const node of judge(pattern, captures, text)) {
          if (isBroken(node, broken)) continue;
          const { rule, title } = pattern;
          const severity = severityOf(pattern, new Map([...captures, ["finding", node]]), text);
          const { startIndex: start, endIndex: end } = node;
          found.push({ rule, start, end, ...(title && { title }), ...(severity && { severity }) });
        }
      }
      return found;
    },
  };
}

function joinPatterns(families: readonly string[], rules: readonly Rule[]) {
  const starts: { readonly at: number; readonly rule: Rule }[] = [];
  let source = "";
  for (const rule of rules) {
    if (rule.engine !== "query") continue;
    for (const family of families) {
      const patterns = rule.patterns.get(family);
      if (patterns === undefined) continue;
      // The query counts its positions in UTF-8: rule files are ASCII (a test holds them to it), so both agree.
      starts.push({ at: source.length, rule });
      source += `${patterns}\n`;
    }
  }
  return { source, ruleAt: (at: number) => starts.findLast((one) => one.at <= at)!.rule };
}

function describePattern(query: Query, index: number, rule: Rule): Pattern {
  const properties = query.setProperties[index] ?? {};
  const names = [...rule.checks, ...(properties["check"] ?? "").split(" ").filter((name) => name !== "")];
  const checks = names.map((name) => checkOf(rule, name));
  const severity = (properties["severity"] ?? undefined) as Severity | undefined;
  const raise = parseRaise(properties["raised"] ?? undefined) ?? rule.raised;
  const raised = raise && { severity: raise.severity, checks: raise.checks.map((name) => checkOf(rule, name)) };
  return { rule, checks, title: properties["title"] ?? undefined, severity, raised };
}

function checkOf(rule: Rule, name: string): Check {
  const check = CHECKS.get(name);
  if (!check) throw new Error(`Rule ${rule.id} names a check that does not exist: ${name}.`);
  return check;
}

/** The nodes to report for a match: none when a check fails. */
function judge(pattern: Pattern, captures: ReadonlyMap<string, Node>, text: string): readonly Node[] {
  let reported: readonly Node[] = captures.has("finding") ? [captures.get("finding")!] : [];
  for (const check of pattern.checks) {
    const verdict = check(captures, text);
    if (verdict === false) return [];
    if (verdict !== true) reported = verdict;
  }
  return reported;
}

/** The raised one where all its checks hold; undefined: the rule's own. */
function severityOf(pattern: Pattern, captures: ReadonlyMap<string, Node>, text: string): Severity | undefined {
  const { raised, severity } = pattern;
  return raised?.checks.every((check) => check(captures, text) !== false) ? raised.severity : severity;
}

/**
 * Parts that the parser could not make sense of: patterns there match things that are not what they seem. Compiling a
 * query takes longer than running it over a file, even so short a one (measured: 4 ms for C).
 */
function createBrokenSpans(grammar: Language): (tree: Tree) => readonly Span[] {
  let query: Query | undefined;
  return ({ rootNode }) => {
    if (!rootNode.hasError) return [];
    query ??= new Query(grammar, "(ERROR) @error");
    return query.captures(rootNode).map(({ node }) => ({ start: node.startIndex, end: node.endIndex }));
  };
}

function isBroken(node: Node, broken: readonly Span[]): boolean {
  if (broken.length === 0) return false;
  return node.hasError || broken.some(({ start, end }) => start <= node.startIndex && node.endIndex <= end);
}
