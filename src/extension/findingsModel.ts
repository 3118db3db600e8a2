/** The findings tree as data: by file, worst first, and a branch for everything that was not reviewed. Pure. */
import type { Finding, Severity } from "../shared/report.ts";
import type { FileState } from "./findingsStore.ts";

export type BranchName = "pending" | "failed" | "skipped";

export type FindingsNode =
  | {
      readonly kind: "file";
      readonly path: string;
      readonly findings: readonly Finding[];
      readonly isUnsaved: boolean;
    }
  | { readonly kind: "finding"; readonly finding: Finding; readonly position: number }
  | { readonly kind: "branch"; readonly name: BranchName; readonly files: readonly FileState[] }
  | { readonly kind: "entry"; readonly branch: BranchName; readonly file: FileState }
  | { readonly kind: "more"; readonly branch: BranchName; readonly count: number };

export interface FindingsModel {
  readonly roots: readonly FindingsNode[];
  readonly findings: number;
  readonly errors: number;
}

export interface FindingsView {
  readonly isShown: (finding: Finding) => boolean;
  readonly isUnsaved: (path: string) => boolean;
}

/** Longer branches say how many more there are: nobody reads the 501st, and each row crosses a process border. */
const MAX_ENTRIES = 500;

const branchNames: readonly BranchName[] = ["pending", "failed", "skipped"];
const severityRank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

export function buildFindingsModel(files: Iterable<FileState>, view: FindingsView): FindingsModel {
  const all = [...files];
  const withFindings = all
    .map(({ path, findings }) => ({ path, findings: findings.filter(view.isShown).toSorted(byWorst) }))
    .filter(({ findings }) => findings.length > 0)
    .map(({ path, findings }) => ({ path, findings, counts: countSeverities(findings) }))
    .toSorted((a, b) => compareCounts(a.counts, b.counts) || compareText(a.path, b.path));
  const fileNodes = withFindings.map(({ path, findings }): FindingsNode => {
    return { kind: "file", path, findings, isUnsaved: view.isUnsaved(path) };
  });
  return {
    roots: [...fileNodes, ...branchNames.flatMap((name) => branchOf(name, all))],
    findings: withFindings.reduce((sum, file) => sum + file.findings.length, 0),
    errors: withFindings.reduce((sum, file) => sum + file.counts.error, 0),
  };
}

function branchOf(name: BranchName, all: readonly FileState[]): FindingsNode[] {
  const files = all.filter((file) => file.status === name).toSorted((a, b) => compareText(a.path, b.path));
  return files.length > 0 ? [{ kind: "branch", name, files }] : [];
}

export function childrenOf(node: FindingsNode): readonly FindingsNode[] {
  if (node.kind === "file") return node.findings.map((finding, position) => ({ kind: "finding", finding, position }));
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
