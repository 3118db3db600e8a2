/** The rows of the tree that were asked for, and the way up from each. Pure. */
import type { Finding } from "../shared/report.ts";
import { childrenOf, type FindingsNode } from "./findingsModel.ts";

export interface FindingsRows {
  /** The same row gives the same children; they are made when they are first asked for. */
  childrenOf(node: FindingsNode): readonly FindingsNode[];
  parentOf(node: FindingsNode): FindingsNode | undefined;
  /** The row of a finding; undefined when it is not shown. */
  find(roots: readonly FindingsNode[], finding: Finding): FindingsNode | undefined;
}

export function createRows(): FindingsRows {
  const children = new WeakMap<FindingsNode, readonly FindingsNode[]>();
  const parents = new WeakMap<FindingsNode, FindingsNode>();

  const below = (node: FindingsNode) => {
    const known = children.get(node);
    if (known) return known;
    const made = childrenOf(node);
    children.set(node, made);
    for (const child of made) parents.set(child, node);
    return made;
  };
  const find = (nodes: readonly FindingsNode[], finding: Finding): FindingsNode | undefined => {
    for (const node of nodes) {
      if (node.kind === "finding" && node.finding === finding) return node;
      const mayHold = node.kind === "group" || (node.kind === "file" && node.findings.includes(finding));
      const found = mayHold ? find(below(node), finding) : undefined;
      if (found) return found;
    }
    return undefined;
  };
  return { childrenOf: below, parentOf: (node) => parents.get(node), find };
}
