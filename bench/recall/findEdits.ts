/** Looks through a file for code that can be made wrong. */
import type { Node, Tree } from "web-tree-sitter";
import type { Edit, Rewriter } from "./rewriter.ts";
import type { Planted } from "./plant.ts";

/** By rule, in the order of the file. */
export function findEdits(
  tree: Tree,
  language: string,
  rewriters: readonly Rewriter[],
): ReadonlyMap<string, readonly Edit[]> {
  const fitting = rewriters.filter(({ languages }) => languages.includes(language));
  const edits = new Map(fitting.map(({ rule }) => [rule, [] as Edit[]]));
  const visit = (node: Node) => {
    for (const { rule, rewrite } of fitting) {
      const edit = rewrite(node);
      if (edit) edits.get(rule)!.push(edit);
    }
    for (const child of node.children) if (child) visit(child);
  };
  visit(tree.rootNode);
  return edits;
}

const CONTEXT_LINES = 2;

/** @returns the file with the edit; its lines are those where the defect must be found, the snippet a few more */
export function applyEdit(text: string, { start, end, text: inserted, from = start }: Edit): Planted {
  const changed = text.slice(0, start) + inserted + text.slice(end);
  const startLine = text.slice(0, from).split("\n").length;
  const endLine = text.slice(0, start).split("\n").length + inserted.split("\n").length - 1;
  const lines = changed.split("\n").slice(Math.max(0, startLine - 1 - CONTEXT_LINES), endLine + CONTEXT_LINES);
  return { text: changed, startLine, endLine, snippet: `${lines.join("\n")}\n` };
}
