/** The findings tree as data: what rows there are and how they are ordered. findingsIndex.ts makes it. Pure. */
import type { Finding, Severity } from "../shared/report.ts";
import type { Grouping } from "./findingsFilter.ts";
import type { FileState } from "./findingsStore.ts";

export type BranchName = "pending" | "failed" | "skipped";

export type FindingsNode =
  | {
      readonly kind: "file";
      readonly path: string;
      readonly findings: readonly Finding[];
      readonly counts: SeverityCounts;
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
      /** Ordered when they are first asked for: most groups are never opened. */
      readonly files: readonly FileNode[];
      readonly fileCount: number;
      readonly findings: number;
    }
  | { readonly kind: "finding"; readonly finding: Finding; readonly position: number; readonly within: string }
  | {
      readonly kind: "branch";
      readonly name: BranchName;
      readonly files: readonly FileState[];
      readonly fileCount: number;
      /** null: they differ. */ readonly reason: string | null;
    }
  | { readonly kind: "entry"; readonly branch: BranchName; readonly file: FileState }
  | { readonly kind: "more"; readonly branch: BranchName; readonly count: number }
  /** Rows below `within` (the id of a row; empty: the top) that are shown when this one is opened. */
  | { readonly kind: "rest"; readonly within: string; readonly count: number };

export type FileNode = Extract<FindingsNode, { kind: "file" }>;
export type GroupNode = Extract<FindingsNode, { kind: "group" }>;
export type BranchNode = Extract<FindingsNode, { kind: "branch" }>;

export interface FindingsModel {
  readonly roots: readonly FindingsNode[];
  /** Shown: severe enough and let through by the filter. */
  readonly findings: number;
  /** Severe enough, whatever the filter says. */
  readonly unfiltered: number;
  readonly isFiltered: boolean;
  readonly errors: number;
}

/** Longer branches say how many more there are: nobody reads the 501st, and each row crosses a process border. */
const MAX_ENTRIES = 500;

export const branchNames: readonly BranchName[] = ["pending", "failed", "skipped"];
const severityRank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** An error weighs as much as three warnings and one more, a warning as three infos: many small ones do count. */
export const HOT_SPOT_WEIGHTS: SeverityCounts = { error: 10, warning: 3, info: 1 };

export function weightOf({ error, warning, info }: SeverityCounts): number {
  return error * HOT_SPOT_WEIGHTS.error + warning * HOT_SPOT_WEIGHTS.warning + info * HOT_SPOT_WEIGHTS.info;
}

/** Every finding in the order of the rows; one that stands in several groups would come once for each, and none does. */
export function findingsInOrder(model: FindingsModel): readonly Finding[] {
  return model.roots.flatMap((root) => {
    if (root.kind === "file") return root.findings;
    return root.kind === "group" ? root.files.flatMap((file) => file.findings) : [];
  });
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

export function byWorst(a: Finding, b: Finding): number {
  return (
    severityRank[a.severity] - severityRank[b.severity] || a.startLine - b.startLine || a.startColumn - b.startColumn
  );
}

export function worstFileFirst(a: FileNode, b: FileNode): number {
  return compareCounts(a.counts, b.counts) || byPath(a, b);
}

export function hottestFileFirst(a: FileNode, b: FileNode): number {
  return weightOf(b.counts) - weightOf(a.counts) || byPath(a, b);
}

interface Counted {
  readonly name: string;
  readonly counts: SeverityCounts;
}

/** Severities by themselves, everything else by what it holds. */
export function worstGroupFirst(by: GroupNode["by"]): (a: Counted, b: Counted) => number {
  if (by === "severity") return (a, b) => severityRank[a.name as Severity] - severityRank[b.name as Severity];
  return (a, b) => compareCounts(a.counts, b.counts) || compareText(a.name, b.name);
}

export function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return compareText(a.path, b.path);
}

/** More errors first, then more warnings, then more infos. */
function compareCounts(a: SeverityCounts, b: SeverityCounts): number {
  return b.error - a.error || b.warning - a.warning || b.info - a.info;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
