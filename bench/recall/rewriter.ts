/** A slip in code that is there already: what stands in a real file is made wrong in place. */
import type { Node } from "web-tree-sitter";

/** Replaces UTF-16 units from `start` to below `end`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Where the defect begins, when that is before the edit: what makes the text wrong stands there. */
  readonly from?: number;
}

export interface Rewriter {
  readonly rule: string;
  /** Language ids. */
  readonly languages: readonly string[];
  /** @returns null where the node is nothing that this slip happens to */
  rewrite(node: Node): Edit | null;
}

export function replace(node: Node, text: string): Edit {
  return { start: node.startIndex, end: node.endIndex, text };
}

/** A name or a chain of names: evaluating it twice gives the same and does nothing. */
export function isPath(node: Node | null): node is Node {
  return (
    node !== null &&
    /^[$@A-Za-z_][\w$]*((\.|->)[A-Za-z_]\w*)*$/.test(node.text) &&
    !/^(true|false|null|nil|None)$/.test(node.text)
  );
}

/** What stands behind `else`, whether or not the grammar has a node for the word. */
export function alternativeOf(node: Node): Node | null {
  const alternative = node.childForFieldName("alternative");
  if (!alternative || alternative.type !== "else_clause") return alternative;
  return alternative.childForFieldName("body") ?? alternative.lastNamedChild;
}

export function consequenceOf(node: Node): Node | null {
  return node.childForFieldName("consequence") ?? node.childForFieldName("body");
}
