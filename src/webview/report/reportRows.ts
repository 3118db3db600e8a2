import type { ReportFinding } from "../../shared/panelProtocol.ts";
import type { Severity } from "../../shared/report.ts";
import type { FileGroup } from "./reportModel.ts";

export type RowOrder = "arrival" | "severity" | "path";

export interface RowFilter {
  /** What is to be found in title, explanation, rule or path; without regard to case. */
  readonly text: string;
  readonly severities: ReadonlySet<Severity>;
  readonly order: RowOrder;
}

/** One line of the list: the head of a file, or one of its findings. */
export type ReportRow =
  | { readonly type: "file"; readonly group: FileGroup; readonly shown: number }
  | { readonly type: "finding"; readonly finding: ReportFinding; readonly position: number };

export interface ReportRows {
  readonly rows: readonly ReportRow[];
  /** Findings that pass the filter. */
  readonly findings: number;
  /** Files that they are in. */
  readonly files: number;
}

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** Files with something to say, each followed by its findings, gravest first. */
export function reportRows(groups: readonly FileGroup[], filter: RowFilter): ReportRows {
  const wanted = filter.text.trim().toLowerCase();
  const rows: ReportRow[] = [];
  let findings = 0;
  let files = 0;
  for (const group of ordered(groups, filter.order)) {
    const passing = passingFindings(group, wanted, filter.severities);
    if (passing.length === 0 && !isWorthARow(group, wanted, filter.severities)) continue;
    if (passing.length > 0) files += 1;
    rows.push({ type: "file", group, shown: passing.length });
    for (const finding of passing) rows.push({ type: "finding", finding, position: ++findings });
  }
  return { rows, findings, files };
}

/** Rows in portions that are drawn, or left undrawn, as one. */
export function inPortions<Row>(rows: readonly Row[], size: number): readonly (readonly Row[])[] {
  const portions: (readonly Row[])[] = [];
  for (let start = 0; start < rows.length; start += size) portions.push(rows.slice(start, start + size));
  return portions;
}

/** Whether two rows look the same. */
export function sameRow(a: ReportRow, b: ReportRow): boolean {
  if (a.type === "file") return b.type === "file" && a.group === b.group && a.shown === b.shown;
  return b.type === "finding" && a.finding === b.finding && a.position === b.position;
}

function passingFindings(group: FileGroup, wanted: string, severities: ReadonlySet<Severity>) {
  const inPath = group.path.toLowerCase().includes(wanted);
  return group.findings
    .filter((finding) => severities.has(finding.severity) && (inPath || mentions(finding, wanted)))
    .toSorted((a, b) => rank[a.severity] - rank[b.severity] || a.startLine - b.startLine);
}

/** A file without findings is shown for its summary, unless something narrower is asked for. */
function isWorthARow(group: FileGroup, wanted: string, severities: ReadonlySet<Severity>): boolean {
  if (group.findings.length > 0 || group.summary === null || severities.size < 3) return false;
  return group.path.toLowerCase().includes(wanted) || group.summary.toLowerCase().includes(wanted);
}

function mentions(finding: ReportFinding, wanted: string): boolean {
  return [finding.title, finding.detail, finding.rule].some((text) => text.toLowerCase().includes(wanted));
}

function ordered(groups: readonly FileGroup[], order: RowOrder): readonly FileGroup[] {
  switch (order) {
    case "arrival":
      return groups;
    case "path":
      return groups.toSorted(byPath);
    case "severity": {
      const weights = new Map(groups.map((group) => [group, weigh(group)]));
      return groups.toSorted((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0) || byPath(a, b));
    }
  }
}

function byPath(a: FileGroup, b: FileGroup): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

/** One error outweighs any number of warnings, one warning any number of infos. */
function weigh({ findings }: FileGroup): number {
  let weight = 0;
  for (const { severity } of findings) weight += severity === "error" ? 1e10 : severity === "warning" ? 1e5 : 1;
  return weight;
}
