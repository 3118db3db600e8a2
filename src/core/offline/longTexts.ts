/** Texts of several lines within code: manuals, comments, whole other files. */
import type { Tree } from "web-tree-sitter";
import { ancestors, isComment } from "./checkParts.ts";
import type { Span } from "./analysis.ts";

const TEXT = /string|heredoc|text_block|template/;
const MANY_LINES = 3;

/** The place lies in a text or comment of several lines: what it holds mostly is an example. */
export function isInLongText(tree: Tree, { start }: Span): boolean {
  const node = tree.rootNode.descendantForIndex(start);
  if (!node) return false;
  return [node, ...ancestors(node)].some(
    (one) => (TEXT.test(one.type) || isComment(one)) && one.endPosition.row - one.startPosition.row >= MANY_LINES,
  );
}
