/** The rows of the tree that were asked for, and the way up from each. Pure. */
import type { Finding } from "../shared/report.ts";
import { describeRow } from "./findingsLabels.ts";
import { childrenOf, type FindingsNode } from "./findingsModel.ts";

/** Each row is made in the extension host and sent to the window: thousands at once would hold up both. */
const PAGE = 500;

export interface FindingsRows {
  /** The first page of `roots` and, if there are more, a row that opens the next. */
  top(roots: readonly FindingsNode[]): readonly FindingsNode[];
  /** As `top`. The same row gives the same children; they are made when they are first asked for. */
  childrenOf(node: FindingsNode): readonly FindingsNode[];
  parentOf(node: FindingsNode): FindingsNode | undefined;
  /** The row of a finding; undefined when it is not shown. Pages before it are opened. */
  find(roots: readonly FindingsNode[], finding: Finding): FindingsNode | undefined;
  /** Opens one more page below the row with that id (empty: at the top). */
  openPage(within: string): void;
  /** Grows with every page that is opened. */
  pages(): number;
}

export function createRows(): FindingsRows {
  const children = new WeakMap<FindingsNode, readonly FindingsNode[]>();
  const parents = new WeakMap<FindingsNode, FindingsNode>();
  /** By the id of a row; only where more than one page was opened. */
  const opened = new Map<string, number>();

  const below = (node: FindingsNode) => {
    const known = children.get(node);
    if (known) return known;
    const made = childrenOf(node);
    children.set(node, made);
    for (const child of made) parents.set(child, node);
    return made;
  };
  const limitOf = (within: string) => opened.get(within) ?? PAGE;
  const firstPages = (all: readonly FindingsNode[], within: string): readonly FindingsNode[] => {
    const limit = limitOf(within);
    // Only files come in thousands; what was not reviewed stands below them and is always shown.
    const isCut = (node: FindingsNode, at: number) => at >= limit && node.kind !== "branch";
    const left = all.filter((node, at) => !isCut(node, at));
    const count = all.length - left.length;
    return count === 0 ? all : left.toSpliced(limit, 0, { kind: "rest", within, count });
  };
  const open = (within: string, index: number) => {
    if (index >= limitOf(within)) opened.set(within, (Math.floor(index / PAGE) + 1) * PAGE);
  };
  const find = (nodes: readonly FindingsNode[], within: string, finding: Finding): FindingsNode | undefined => {
    for (const [index, node] of nodes.entries()) {
      const isIt = node.kind === "finding" && node.finding === finding;
      const mayHold = node.kind === "group" || (node.kind === "file" && node.findings.includes(finding));
      const found = isIt ? node : mayHold ? find(below(node), describeRow(node).id, finding) : undefined;
      if (!found) continue;
      open(within, index);
      return found;
    }
    return undefined;
  };
  return {
    top: (roots) => firstPages(roots, ""),
    childrenOf: (node) => firstPages(below(node), describeRow(node).id),
    parentOf: (node) => parents.get(node),
    find: (roots, finding) => find(roots, "", finding),
    pages: () => [...opened.values()].reduce((sum, limit) => sum + limit, 0),
    openPage: (within) => opened.set(within, limitOf(within) + PAGE),
  };
}
