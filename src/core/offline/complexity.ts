/** Findings on functions that are too complex or too long to be changed with confidence. */
import type { Node, Tree } from "web-tree-sitter";
import type { Span } from "./analysis.ts";
import { isTestText } from "./contextChecks.ts";
import { functionName, type FunctionMetrics, type MetricsReader } from "./functionMetrics.ts";
import type { RawFinding } from "./rawFinding.ts";
import type { Rule } from "./ruleFile.ts";

const COMPLEX = 25;
const LONG_LINES = 200;

export interface ComplexityRules {
  readonly complex: Rule;
  readonly long: Rule;
}

/** @param text what the tree was parsed from */
export function findComplexFunctions(
  tree: Tree,
  text: string,
  reader: MetricsReader,
  rules: ComplexityRules,
): RawFinding[] {
  const found: RawFinding[] = [];
  for (const metrics of reader.read(tree)) {
    const isLong = metrics.lines > LONG_LINES && linesOfCode(metrics) > LONG_LINES && !isTestText(text);
    if (metrics.cognitive <= COMPLEX && !isLong) continue;
    // Where the parser lost its way, what looks like one function may be several.
    if (metrics.node.hasError) continue;
    const name = nameNode(metrics.node);
    const place = name ? { start: name.startIndex, end: name.endIndex } : header(metrics.node);
    if (metrics.cognitive > COMPLEX) found.push(complexFinding(rules.complex, metrics, place));
    if (isLong && name) found.push(longFinding(rules.long, metrics, place));
  }
  return found;
}

/** Never more than a remark: no figure tells code that is hard to follow from what is only long or flat. */
function complexFinding(rule: Rule, metrics: FunctionMetrics, place: Span): RawFinding {
  const { cognitive, cyclomatic, countedLines } = metrics;
  const figures = `Cognitive complexity ${cognitive}, cyclomatic ${cyclomatic}, ${countedLines} lines.`;
  return { rule, ...place, detail: `${figures} ${rule.detail}` };
}

function longFinding(rule: Rule, metrics: FunctionMetrics, place: Span): RawFinding {
  return { rule, ...place, detail: `${linesOfCode(metrics)} lines of code. ${rule.detail}` };
}

const COMMENTED = /\/\*[\s\S]*?\*\/|<#[\s\S]*?#>|^\s*("""|''')[\s\S]*?\1/gm;
const NO_CODE = /^\s*(\/\/.*|#.*|--.*)?$/;

/** Blank lines and comments help readers. Their share is that of the whole, functions within included. */
function linesOfCode({ node, lines }: FunctionMetrics): number {
  const all = node.text.split("\n").length;
  const code = node.text
    .replace(COMMENTED, "")
    .split("\n")
    .filter((line) => !NO_CODE.test(line)).length;
  return Math.round(((lines - tableLines(node)) * code) / all);
}

const TABLES = ["array", "list", "dictionary", "initializer_list", "array_initializer", "array_creation_expression"];

/** A table within a function is data: its rows are not code to follow. */
function tableLines(node: Node): number {
  let end = node.startIndex;
  let lines = 0;
  for (const table of node.descendantsOfType(TABLES)) {
    if (table.startIndex < end || /=>|\bfunction\b|\blambda\b/.test(table.text)) continue;
    end = table.endIndex;
    lines += table.endPosition.row - table.startPosition.row;
  }
  return lines;
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
