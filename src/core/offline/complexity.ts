/** Findings on functions that are too complex or too long to be changed with confidence. */
import type { Node, Tree } from "web-tree-sitter";
import type { Span } from "./analysis.ts";
import { functionName, type FunctionMetrics, type MetricsReader } from "./functionMetrics.ts";
import type { RawFinding } from "./rawFinding.ts";
import type { Rule } from "./ruleFile.ts";

const COMPLEX = 25;
const VERY_COMPLEX = 60;
const LONG_LINES = 200;

export interface ComplexityRules {
  readonly complex: Rule;
  readonly long: Rule;
}

export function findComplexFunctions(tree: Tree, reader: MetricsReader, rules: ComplexityRules): RawFinding[] {
  const found: RawFinding[] = [];
  for (const metrics of reader.read(tree)) {
    if (metrics.cognitive <= COMPLEX && metrics.lines <= LONG_LINES) continue;
    // Where the parser lost its way, what looks like one function may be several.
    if (metrics.node.hasError) continue;
    const name = nameNode(metrics.node);
    const place = name ? { start: name.startIndex, end: name.endIndex } : header(metrics.node);
    if (metrics.cognitive > COMPLEX) found.push(complexFinding(rules.complex, metrics, place));
    if (metrics.lines > LONG_LINES && name) found.push(longFinding(rules.long, metrics, place));
  }
  return found;
}

function complexFinding(rule: Rule, metrics: FunctionMetrics, place: Span): RawFinding {
  const { cognitive, cyclomatic, lines } = metrics;
  const figures = `Cognitive complexity ${cognitive}, cyclomatic ${cyclomatic}, ${lines} lines.`;
  const isGrave = cognitive > VERY_COMPLEX;
  return { rule, ...place, detail: `${figures} ${rule.detail}`, ...(isGrave && { severity: "warning" as const }) };
}

function longFinding(rule: Rule, { lines }: FunctionMetrics, place: Span): RawFinding {
  return { rule, ...place, detail: `${lines} lines. ${rule.detail}` };
}

/** The function's own name, or that of what it is stored in. */
function nameNode(node: Node): Node | null {
  const own = functionName(node);
  if (own) return own;
  const holder = node.parent;
  if (
    !holder ||
    !/^(variable_declarator|pair|assignment_expression|public_field_definition|field_definition)$/.test(holder.type)
  ) {
    return null;
  }
  return holder.childForFieldName("name") ?? holder.childForFieldName("key") ?? holder.childForFieldName("left");
}

/** A nameless function is shown by what stands before its body. */
function header(node: Node): Span {
  const body = node.childForFieldName("body");
  return { start: node.startIndex, end: body ? body.startIndex : node.endIndex };
}
