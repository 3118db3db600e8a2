/**
 * Keeps the findings tree's data up to date: only files that changed are looked at again, and in portions, so that no
 * task of the extension host takes long. What did not change stays the same object. Pure.
 */
import nodePath from "node:path";
import type { Finding } from "../shared/report.ts";
import { createFilterCheck, isFiltering, NO_FILTER, type FindingsFilter, type Grouping } from "./findingsFilter.ts";
import {
  branchNames,
  byPath,
  byWorst,
  countSeverities,
  hottestFileFirst,
  weightOf,
  worstFileFirst,
  worstGroupFirst,
  type BranchName,
  type BranchNode,
  type FileNode,
  type FindingsModel,
  type FindingsNode,
  type GroupNode,
} from "./findingsModel.ts";
import { createSortedFiles, type SortedFiles } from "./sortedFiles.ts";
import type { FileState } from "./findingsStore.ts";

/** Findings and files that are looked at in one task: some milliseconds (`npm run bench -- tree-10000`). */
export const PORTION = 500;

export interface FindingsView {
  readonly isShown: (finding: Finding) => boolean;
  readonly isUnsaved: (path: string) => boolean;
  /** Default: by file. */
  readonly grouping?: Grouping;
  readonly filter?: FindingsFilter;
}

export interface FindingsIndex {
  /** These files may have changed, come or gone. */
  touch(paths: Iterable<string>): void;
  /**
   * Looks at what was touched until about `limit` findings and files were looked at.
   * @returns whether nothing is left
   */
  advance(limit: number): boolean;
  /** Of everything that was looked at by now. */
  model(): FindingsModel;
}

/** What a file adds to the model. */
interface Part {
  readonly state: FileState;
  readonly isUnsaved: boolean;
  /** By the name of the group: empty where files stand at the top. */
  readonly nodes: ReadonlyMap<string, FileNode>;
  readonly findings: number;
  readonly unfiltered: number;
  readonly errors: number;
}

/** Of most files: one for all of them. */
const NO_NODES: Part["nodes"] = new Map();

interface Branch {
  readonly files: Map<string, FileState>;
  node: BranchNode | undefined;
}

/** @param files as the store has them: read anew whenever a path was touched. All of them count as touched */
export function createFindingsIndex(files: ReadonlyMap<string, FileState>, view: FindingsView): FindingsIndex {
  const { grouping = "file", filter = NO_FILTER } = view;
  const passes = createFilterCheck(filter);
  const touched = new Set(files.keys());
  const parts = new Map<string, Part>();
  const groups = new Map<string, SortedFiles>();
  const nodes = new Map<SortedFiles, GroupNode>();
  const branches = new Map(
    branchNames.map((name): [BranchName, Branch] => [name, { files: new Map(), node: undefined }]),
  );
  const count = { findings: 0, unfiltered: 0, errors: 0 };
  const order = grouping === "hotSpots" ? hottestFileFirst : worstFileFirst;
  const ranks = new WeakMap<FileNode, FileNode>();

  const read = (state: FileState, isUnsaved: boolean): Part => {
    const severe = state.findings.filter(view.isShown);
    const left = severe.filter(passes).toSorted(byWorst);
    return {
      state,
      isUnsaved,
      nodes: nodesOf(state.path, left, isUnsaved, grouping),
      findings: left.length,
      unfiltered: severe.length,
      errors: countSeverities(severe).error,
    };
  };
  const weigh = (part: Part, sign: 1 | -1) => {
    count.findings += sign * part.findings;
    count.unfiltered += sign * part.unfiltered;
    count.errors += sign * part.errors;
  };
  const remove = (path: string, part: Part) => {
    parts.delete(path);
    weigh(part, -1);
    for (const [name, node] of part.nodes) {
      const group = groups.get(name)!;
      group.remove(node);
      nodes.delete(group);
      if (group.size() === 0) groups.delete(name);
    }
    leaveBranch(branches, part.state);
  };
  const add = (path: string, part: Part) => {
    parts.set(path, part);
    weigh(part, 1);
    for (const [name, node] of part.nodes) {
      const group = groups.get(name) ?? createSortedFiles(order);
      groups.set(name, group);
      group.add(node);
      nodes.delete(group);
    }
    enterBranch(branches, part.state);
  };
  const look = (path: string): number => {
    const known = parts.get(path);
    const state = files.get(path);
    const isUnsaved = state !== undefined && view.isUnsaved(path);
    if (known && state && known.isUnsaved === isUnsaved && isSame(known.state, state)) return 1;
    if (known) remove(path, known);
    if (state) add(path, read(state, isUnsaved));
    return 1 + (state?.findings.length ?? 0);
  };
  const groupNode = (by: GroupNode["by"], name: string, group: SortedFiles) => {
    const node = nodes.get(group) ?? toGroupNode(by, name, group);
    nodes.set(group, node);
    return node;
  };
  const roots = (): readonly FindingsNode[] => {
    if (grouping === "file") return groups.get("")?.inOrder() ?? [];
    if (grouping === "hotSpots")
      return (groups.get("")?.inOrder() ?? []).map((file, at) => ranked(file, at + 1, ranks));
    return [...groups]
      .map(([name, group]) => ({ name, group, counts: group.counts() }))
      .toSorted(worstGroupFirst(grouping))
      .map(({ name, group }) => groupNode(grouping, name, group));
  };

  return {
    touch(paths) {
      for (const path of paths) touched.add(path);
    },
    advance(limit) {
      let left = limit;
      for (const path of touched) {
        if (left <= 0) return false;
        touched.delete(path);
        left -= look(path);
      }
      return true;
    },
    model: () => ({
      roots: [...roots(), ...branchNames.flatMap((name) => branchNode(name, branches.get(name)!) ?? [])],
      ...count,
      isFiltered: isFiltering(filter),
    }),
  };
}

/** A report that is loaded at the end of a run says mostly what its events have said. */
function isSame(a: FileState, b: FileState): boolean {
  if (a === b) return true;
  if (a.status !== b.status || a.reason !== b.reason || a.findings.length !== b.findings.length) return false;
  return a.findings.every((finding, at) => finding === b.findings[at]);
}

function nodesOf(path: string, findings: readonly Finding[], isUnsaved: boolean, by: Grouping): Part["nodes"] {
  const node = (own: readonly Finding[], within: string): FileNode => {
    return { kind: "file", path, findings: own, counts: countSeverities(own), isUnsaved, within };
  };
  if (findings.length === 0) return NO_NODES;
  if (by === "file" || by === "hotSpots") return new Map([["", node(findings, "")]]);
  if (by === "folder") {
    const name = nodePath.posix.dirname(path);
    return new Map([[name, node(findings, `folder:${name}`)]]);
  }
  const byName = Map.groupBy(findings, (finding) => finding[by]);
  return new Map([...byName].map(([name, own]) => [name, node(own, `${by}:${name}`)]));
}

function toGroupNode(by: GroupNode["by"], name: string, group: SortedFiles): GroupNode {
  const { error, warning, info } = group.counts();
  return {
    kind: "group",
    by,
    name,
    fileCount: group.size(),
    findings: error + warning + info,
    get files() {
      return group.inOrder();
    },
  };
}

/** The same object while file and place are the same. */
function ranked(file: FileNode, place: number, known: WeakMap<FileNode, FileNode>): FileNode {
  const before = known.get(file);
  if (before?.rank?.place === place) return before;
  const after = { ...file, rank: { place, weight: weightOf(file.counts) } };
  known.set(file, after);
  return after;
}

function leaveBranch(branches: ReadonlyMap<BranchName, Branch>, { path, status }: FileState): void {
  const branch = branches.get(status as BranchName);
  if (branch?.files.delete(path)) branch.node = undefined;
}

function enterBranch(branches: ReadonlyMap<BranchName, Branch>, state: FileState): void {
  const branch = branches.get(state.status as BranchName);
  if (!branch) return;
  branch.files.set(state.path, state);
  branch.node = undefined;
}

function branchNode(name: BranchName, branch: Branch): BranchNode | undefined {
  if (branch.files.size === 0) return undefined;
  const all = [...branch.files.values()];
  let sorted: readonly FileState[] | undefined;
  branch.node ??= {
    kind: "branch",
    name,
    fileCount: all.length,
    reason: all.every(({ reason }) => reason === all[0]?.reason) ? (all[0]?.reason ?? null) : null,
    get files() {
      return (sorted ??= all.toSorted(byPath));
    },
  };
  return branch.node;
}
