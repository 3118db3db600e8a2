/** What the checks have in common: a match's captures, and steps through the tree. */
import type { Node } from "web-tree-sitter";

type Captures = ReadonlyMap<string, Node>;
export type Check = (captures: Captures, text: string) => boolean | readonly Node[];

export const capture = (captures: Captures, name: string): Node => {
  const node = captures.get(name);
  if (!node) throw new Error(`A check needs the capture @${name}.`);
  return node;
};

const STRING_OR_SPACE = /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|\s+/g;

/** The code without its layout, for comparing two pieces: what is white in a string counts. */
export const plain = (node: Node) => node.text.replace(STRING_OR_SPACE, (_, text?: string) => text ?? " ").trim();

const COMMENTS: ReadonlySet<string> = new Set(["comment", "line_comment", "block_comment"]);
export const isComment = (node: Node) => COMMENTS.has(node.type);

/** Named children but for comments. */
export function parts(node: Node): Node[] {
  return node.namedChildren.filter((child) => !isComment(child));
}

/** The enclosing nodes, nearest first. */
export function* ancestors(node: Node): Generator<Node> {
  for (let at = node.parent; at; at = at.parent) yield at;
}

export const FUNCTIONS =
  /^(function_declaration|function_expression|arrow_function|method_definition|generator_function(_declaration)?|function_definition|lambda|method_declaration|constructor_declaration|lambda_expression|func_literal|function_item|closure_expression|local_function_statement|anonymous_function|method|singleton_method)$/;

export function enclosingFunction(node: Node): Node | undefined {
  for (const one of ancestors(node)) if (FUNCTIONS.test(one.type)) return one;
  return undefined;
}
