/** What chains of logical operators cost a reader: one for each run of like operators, read from left to right. */
import type { Node } from "web-tree-sitter";

/** `default` gives a default value: it ends a run and costs nothing. */
export type Operator = "and" | "or" | "default";

interface MarkedOperator {
  readonly node: Node;
  readonly mark: Operator;
}

const PARENTHESES = /^parenthesized_(expression|statements)$/;
/** Shown or not: the usual way to write an element that is not always there. */
const SHOWN = "jsx_expression";
const CONDITIONAL = "ternary_expression";

/**
 * Parentheses do not end a chain; a call or a negation does.
 * @returns points by id of the outermost node of each chain
 */
export function operatorPoints(marked: readonly MarkedOperator[]): ReadonlyMap<number, number> {
  const operators = new Map(marked.map(({ node, mark }) => [node.id, mark]));
  const points = new Map<number, number>();
  for (const { node } of marked) {
    const around = outside(node);
    if (around && operators.has(around.id)) continue;
    const chain = flatten(node, operators);
    if (around?.type === SHOWN && new Set(chain.operators).size === 1 && !chain.hasConditional) continue;
    points.set(node.id, runs(chain.operators));
  }
  return points;
}

function outside(node: Node): Node | null {
  let at = node.parent;
  while (at && PARENTHESES.test(at.type)) at = at.parent;
  return at;
}

function inside(node: Node): Node {
  let at = node;
  while (PARENTHESES.test(at.type)) {
    const content: Node | undefined = at.namedChildren.find((child) => child.type !== "comment");
    if (!content) break;
    at = content;
  }
  return at;
}

/** The operators in the order in which they stand. Without recursion: generated chains have thousands. */
function flatten(root: Node, known: ReadonlyMap<number, Operator>) {
  const operators: Operator[] = [];
  let hasConditional = false;
  const waiting: (Node | Operator)[] = [root];
  while (waiting.length > 0) {
    const next = waiting.pop()!;
    if (typeof next === "string") {
      operators.push(next);
      continue;
    }
    const node = inside(next);
    const operator = known.get(node.id);
    if (node.type === CONDITIONAL) hasConditional = true;
    if (operator === undefined) continue;
    const operands = node.namedChildren.filter((child) => child.type !== "comment");
    if (operands[1]) waiting.push(operands[1]);
    waiting.push(operator);
    if (operands[0]) waiting.push(operands[0]);
  }
  return { operators, hasConditional };
}

function runs(operators: readonly Operator[]): number {
  return operators.filter((operator, index) => operator !== "default" && operator !== operators[index - 1]).length;
}
