import type { Node } from "web-tree-sitter";

/** Where a function's body begins, parentheses around it left out: no two functions of a file share it. */
export function bodyStart(node: Node): number {
  let body = node.childForFieldName("body");
  while (body?.type === "parenthesized_expression") {
    body = body.namedChildren.find((child) => child.type !== "comment") ?? null;
  }
  return body?.startIndex ?? node.startIndex;
}
