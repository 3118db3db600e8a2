import type { Node } from "web-tree-sitter";
import { isPath, replace, type Rewriter } from "../rewriter.ts";

const BINARY = /^(binary_expression|binary|comparison_operator|boolean_operator)$/;
const OPERATORS = /^(===?|!==?|<=?|>=?|&&|\|\||and|or|-)$/;

/** The name on the left is typed, or completed, on the right as well. */
export const sameOperand: Rewriter = {
  rule: "self-comparison",
  languages: ["javascript", "typescript", "python", "go", "java", "rust", "csharp", "c", "cpp", "php", "ruby"],
  rewrite(node) {
    if (!BINARY.test(node.type) || node.childCount !== 3) return null;
    const [left, operator, right] = [node.child(0), node.child(1), node.child(2)];
    if (!isPath(left) || !operator || !right || !OPERATORS.test(operator.text)) return null;
    // A name that is compared with itself is how NaN is told.
    if (/^[!=]/.test(operator.text) && /^\w+$/.test(left.text)) return null;
    return left.text === right.text ? null : replace(right, left.text);
  },
};

/** The same name is assigned that was to be given another value. */
export const sameTarget: Rewriter = {
  rule: "self-assignment",
  languages: ["javascript", "typescript", "python", "go", "java", "rust"],
  rewrite(node) {
    if (!/^(assignment_expression|assignment|assignment_statement)$/.test(node.type)) return null;
    if (node.parent?.type !== "expression_statement" && node.type !== "assignment_statement") return null;
    const [left, right] = [node.childForFieldName("left"), node.childForFieldName("right")];
    if (!isPath(left) || !right || node.child(1)?.text !== "=" || !isInFunction(node)) return null;
    return left.text === right.text ? null : replace(right, left.text);
  },
};

/** Outside of one, `a = a` hands a name of a module on to a class, or out of it. */
function isInFunction(node: Node): boolean {
  const parent = node.parent;
  if (!parent || parent.type.startsWith("class")) return false;
  return /function|method|arrow|lambda|closure|constructor/.test(parent.type) || isInFunction(parent);
}

/** One `=` of a comparison is lost. */
export const lostEquals: Rewriter = {
  rule: "assignment-in-condition",
  languages: ["javascript", "typescript", "java", "c", "cpp"],
  rewrite(node) {
    if (!/^===?$/.test(node.type) || node.parent?.type !== "binary_expression") return null;
    const condition = node.parent.parent;
    if (condition?.type !== "parenthesized_expression" && condition?.type !== "condition_clause") return null;
    if (condition.parent?.type !== "if_statement" || !isPath(node.parent.child(0))) return null;
    return replace(node, "=");
  },
};

/** The step of a loop that was turned round, or copied from one that goes the other way. */
export const wrongStep: Rewriter = {
  rule: "loop-direction",
  languages: ["javascript", "typescript", "go", "java"],
  rewrite(node) {
    if (
      !/^(\+\+|--)$/.test(node.type) ||
      !/^(update_expression|inc_statement|dec_statement)$/.test(node.parent?.type ?? "")
    ) {
      return null;
    }
    const loop = node.parent!.parent;
    const update = loop?.childForFieldName("increment") ?? loop?.childForFieldName("update");
    const condition = loop?.childForFieldName("condition");
    if (update?.id !== node.parent!.id || !condition || !/^\w+ [<>]=? [\w.]+;?$/.test(condition.text)) return null;
    return replace(node, node.type === "++" ? "--" : "++");
  },
};
