/** The findings tree as data: grouped as asked, worst first, and a branch for everything that was not reviewed. Pure. */
import nodePath from "node:path";
import type { Finding, Severity } from "../shared/report.ts";
import { createFilterCheck, isFiltering, NO_FILTER, type FindingsFilter, type Grouping } from "./findingsFilter.ts";
import type { FileState } from "./findingsStore.ts";

export type BranchName = "pending" | "failed" | "skipped";

export type FindingsNode =
  | {
      readonly kind: "file";
      readonly path: string;
      readonly findings: readonly Finding[];
      readonly isUnsaved: boolean;
      /** The id of the group it stands in: a file may stand in several. Empty: at the top. */
      readonly within: string;
      /** Among hot spots: its place, from 1, and what it weighs. */
      readonly rank?: { readonly place: number; readonly weight: number };
    }
  | {
      readonly kind: "group";
      readonly by: Exclude<Grouping, "file" | "hotSpots">;
      /** The folder, severity or category. */
      readonly name: string;
      readonly files: readonly FileNode[];
      readonly findings: number;
    }
  | { readonly kind: "finding"; readonly finding: Finding; readonly position: number; readonly within: string }
  | { readonly kind: "branch"; readonly name: BranchName; readonly files: readonly FileState[] }
  | { readonly kind: "entry"; readonly branch: BranchName; readonly file: FileState }
  | { readonly kind: "more"; readonly branch: BranchName; readonly count: number };

export type FileNode = Extract<FindingsNode, { kind: "file" }>;
type GroupNode = Extract<FindingsNode, { kind: "group" }>;

export interface FindingsModel {
  readonly roots: readonly FindingsNode[];
  /** Shown: severe enough and let through by the filter. */
  readonly findings: number;
  /** Severe enough, whatever the filter says. */
  readonly unfiltered: number;
  readonly isFiltered: boolean;
  readonly errors: number;
}

export interface FindingsView {
  readonly isShown: (finding: Finding) => boolean;
  readonly isUnsaved: (path: string) => boolean;
  /** Default: by file. */
  readonly grouping?: Grouping;
  readonly filter?: FindingsFilter;
}

/** Longer branches say how many more there are: nobody reads the 501st, and each row crosses a process border. */
const MAX_ENTRIES = 500;

const branchNames: readonly BranchName[] = ["pending", "failed", "skipped"];
const severityRank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

export function buildFindingsModel(files: Iterable<FileState>, view: FindingsView): FindingsModel {
  const all = [...files];
  const filter = view.filter ?? NO_FILTER;
  const passes = createFilterCheck(filter);
  const shown: FileNode[] = [];
  const count = { findings: 0, unfiltered: 0, errors: 0 };
  for (const { path, findings } of all) {
    const severe = findings.filter(view.isShown);
    const left = severe.filter(passes).toSorted(byWorst);
    count.unfiltered += severe.length;
    count.findings += left.length;
    count.errors += countSeverities(severe).error;
    if (left.length > 0) {
      shown.push({ kind: "file", path, findings: left, isUnsaved: view.isUnsaved(path), within: "" });
    }
  }
  const roots = groupFiles(shown, view.grouping ?? "file");
  return {
    roots: [...roots, ...branchNames.flatMap((name) => branchOf(name, all))],
    ...count,
    isFiltered: isFiltering(filter),
  };
}

function groupFiles(files: readonly FileNode[], by: Grouping): readonly FindingsNode[] {
  switch (by) {
    case "file":
      return worstFirst(files);
    case "hotSpots":
      return hottestFirst(files);
    case "folder":
      return worstGroupFirst(files, by, ({ path }) => nodePath.posix.dirname(path));
    case "category":
      return worstGroupFirst(files, by, ({ category }) => category);
    case "severity":
      return groupsOf(files, by, ({ severity }) => severity).toSorted(
        (a, b) => severityRank[a.name as Severity] - severityRank[b.name as Severity],
      );
  }
}

function groupsOf(files: readonly FileNode[], by: GroupNode["by"], nameOf: (one: Finding) => string): GroupNode[] {
  const groups = new Map<string, FileNode[]>();
  for (const file of files) {
    for (const [name, findings] of Map.groupBy(file.findings, nameOf)) {
      const members = groups.get(name) ?? [];
      members.push({ ...file, findings, within: `${by}:${name}` });
      groups.set(name, members);
    }
  }
  return [...groups].map(([name, members]) => {
    const findings = members.reduce((sum, file) => sum + file.findings.length, 0);
    return { kind: "group", by, name, files: worstFirst(members), findings };
  });
}

function worstGroupFirst(files: readonly FileNode[], by: GroupNode["by"], nameOf: (one: Finding) => string) {
  return groupsOf(files, by, nameOf)
    .map((group) => ({ group, counts: countSeverities(group.files.flatMap((file) => file.findings)) }))
    .toSorted((a, b) => compareCounts(a.counts, b.counts) || compareText(a.group.name, b.group.name))
    .map(({ group }) => group);
}

function worstFirst(files: readonly FileNode[]): FileNode[] {
  return files
    .map((file) => ({ file, counts: countSeverities(file.findings) }))
    .toSorted((a, b) => compareCounts(a.counts, b.counts) || compareText(a.file.path, b.file.path))
    .map(({ file }) => file);
}

/** An error weighs as much as three warnings and one more, a warning as three infos: many small ones do count. */
export const HOT_SPOT_WEIGHTS: SeverityCounts = { error: 10, warning: 3, info: 1 };

function hottestFirst(files: readonly FileNode[]): FileNode[] {
  return files
    .map((file) => ({ file, weight: weightOf(countSeverities(file.findings)) }))
    .toSorted((a, b) => b.weight - a.weight || compareText(a.file.path, b.file.path))
    .map(({ file, weight }, index) => ({ ...file, rank: { place: index + 1, weight } }));
}

function weightOf({ error, warning, info }: SeverityCounts): number {
  return error * HOT_SPOT_WEIGHTS.error + warning * HOT_SPOT_WEIGHTS.warning + info * HOT_SPOT_WEIGHTS.info;
}

/** Every finding in the order of the rows; one that stands in several groups would come once for each, and none does. */
export function findingsInOrder(model: FindingsModel): readonly Finding[] {
  return model.roots.flatMap((root) => {
    if (root.kind === "file") return root.findings;
    return root.kind === "group" ? root.files.flatMap((file) => file.findings) : [];
  });
}

function branchOf(name: BranchName, all: readonly FileState[]): FindingsNode[] {
  const files = all.filter((file) => file.status === name).toSorted((a, b) => compareText(a.path, b.path));
  return files.length > 0 ? [{ kind: "branch", name, files }] : [];
}

export function childrenOf(node: FindingsNode): readonly FindingsNode[] {
  if (node.kind === "group") return node.files;
  if (node.kind === "file") {
    const { within } = node;
    return node.findings.map((finding, position) => ({ kind: "finding", finding, position, within }));
  }
  if (node.kind !== "branch") return [];
  const shown = node.files.slice(0, MAX_ENTRIES);
  const entries = shown.map((file): FindingsNode => ({ kind: "entry", branch: node.name, file }));
  const count = node.files.length - shown.length;
  return count > 0 ? [...entries, { kind: "more", branch: node.name, count }] : entries;
}

export type SeverityCounts = Readonly<Record<Severity, number>>;

export function countSeverities(findings: readonly Finding[]): SeverityCounts {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}

function byWorst(a: Finding, b: Finding): number {
  return (
    severityRank[a.severity] - severityRank[b.severity] || a.startLine - b.startLine || a.startColumn - b.startColumn
  );
}

/** More errors first, then more warnings, then more infos. */
function compareCounts(a: SeverityCounts, b: SeverityCounts): number {
  return b.error - a.error || b.warning - a.warning || b.info - a.info;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
