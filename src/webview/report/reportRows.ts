import type { ReportFinding } from "../../shared/panelProtocol.ts";
import type { Severity } from "../../shared/report.ts";
import { type Facet, facets, facetValue, type Hidden, statusOf } from "./facets.ts";
import type { FileGroup } from "./reportModel.ts";
import type { TextMatcher } from "./textMatcher.ts";

export type RowOrder = "arrival" | "severity" | "path";

/** One line of the list: the head of a file, or one of its findings. The same object as long as nothing about it changes. */
export type ReportRow =
  | { readonly type: "file"; readonly group: FileGroup; readonly shown: number }
  | { readonly type: "finding"; readonly finding: ReportFinding };

export interface ReportRows {
  readonly rows: readonly ReportRow[];
  /** Findings that pass all filters. */
  readonly findings: number;
  /** Files that they are in. */
  readonly files: number;
  /** Findings that each filter hides, whatever the others do. */
  readonly hiddenBy: Readonly<Record<Facet | "text", number>>;
}

interface GroupRows {
  readonly rows: readonly ReportRow[];
  readonly findings: number;
  readonly hiddenBy: Readonly<Record<Facet | "text", number>>;
}

/** The rows of a file under one set of filters; worked out once per file. */
export type RowsOf = (group: FileGroup) => GroupRows;

export function createRowsOf(hidden: Hidden, matcher: TextMatcher): RowsOf {
  const kept = new WeakMap<FileGroup, GroupRows>();
  return (group) => {
    let rows = kept.get(group);
    if (!rows) kept.set(group, (rows = makeRows(group, hidden, matcher)));
    return rows;
  };
}

/** Files with something to say, each followed by its findings, gravest first. */
export function reportRows(groups: readonly FileGroup[], order: RowOrder, rowsOf: RowsOf): ReportRows {
  const rows: ReportRow[] = [];
  const hiddenBy = noneHidden();
  let findings = 0;
  let files = 0;
  for (const group of ordered(groups, order)) {
    const own = rowsOf(group);
    for (const row of own.rows) rows.push(row);
    findings += own.findings;
    if (own.findings > 0) files += 1;
    for (const name of filterNames) hiddenBy[name] += own.hiddenBy[name];
  }
  return { rows, findings, files, hiddenBy };
}

export interface RowPortion {
  readonly rows: readonly ReportRow[];
  /** Findings in the portions before it. */
  readonly findingsBefore: number;
}

/** Rows in portions that are drawn, or left undrawn, as one. */
export function inPortions(rows: readonly ReportRow[], size: number): readonly RowPortion[] {
  const portions: RowPortion[] = [];
  let findingsBefore = 0;
  for (let start = 0; start < rows.length; start += size) {
    const portion = { rows: rows.slice(start, start + size), findingsBefore };
    portions.push(portion);
    for (const row of portion.rows) if (row.type === "finding") findingsBefore += 1;
  }
  return portions;
}

/**
 * @param position 1-based, among findings
 * @returns -1: there are fewer
 */
export function rowOfPosition(rows: readonly ReportRow[], position: number): number {
  let left = position;
  return rows.findIndex((row) => row.type === "finding" && --left === 0);
}

const filterNames: readonly (Facet | "text")[] = ["text", ...facets];

function noneHidden(): Record<Facet | "text", number> {
  return { text: 0, severity: 0, category: 0, source: 0, status: 0 };
}

function makeRows(group: FileGroup, hidden: Hidden, matcher: TextMatcher): GroupRows {
  const hiddenBy = noneHidden();
  const match = matcher.match(group);
  const narrowing = facets.filter((facet) => hidden[facet].size > 0);
  const rows: ReportRow[] = [];
  for (const finding of factsOf(group).gravestFirst) {
    let passes = match.findings === "all" || match.findings.has(finding);
    if (!passes) hiddenBy.text += 1;
    for (const facet of narrowing) {
      if (!hidden[facet].has(facetValue(facet, finding, group))) continue;
      hiddenBy[facet] += 1;
      passes = false;
    }
    if (passes) rows.push({ type: "finding", finding });
  }
  const findings = rows.length;
  if (findings > 0 || (match.isFile && isWorthARow(group, hidden))) {
    rows.unshift({ type: "file", group, shown: findings });
  }
  return { rows, findings, hiddenBy };
}

/** A file without findings is shown for its summary, unless certain findings are asked for. */
function isWorthARow(group: FileGroup, hidden: Hidden): boolean {
  if (group.findings.length > 0 || group.summary === null || hidden.status.has(statusOf(group))) return false;
  return facets.every((facet) => facet === "status" || hidden[facet].size === 0);
}

function ordered(groups: readonly FileGroup[], order: RowOrder): readonly FileGroup[] {
  switch (order) {
    case "arrival":
      return groups;
    case "path":
      return groups.toSorted(byPath);
    case "severity":
      return groups
        .map((group) => ({ group, weight: factsOf(group).weight }))
        .toSorted((a, b) => b.weight - a.weight || byPath(a.group, b.group))
        .map(({ group }) => group);
  }
}

function byPath(a: FileGroup, b: FileGroup): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

/** Works out beforehand, away from drawing, what rows need of a file whatever the filter. */
export function prepareRows(group: FileGroup): void {
  factsOf(group);
}

interface GroupFacts {
  readonly gravestFirst: readonly ReportFinding[];
  /** One error outweighs any number of warnings, one warning any number of infos. */
  readonly weight: number;
}

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** A group is replaced, never changed: what follows from it is worked out once. */
const known = new WeakMap<FileGroup, GroupFacts>();

function factsOf(group: FileGroup): GroupFacts {
  let facts = known.get(group);
  if (!facts) {
    let weight = 0;
    for (const { severity } of group.findings) weight += severity === "error" ? 1e10 : severity === "warning" ? 1e5 : 1;
    const gravestFirst = group.findings.toSorted(
      (a, b) => rank[a.severity] - rank[b.severity] || a.startLine - b.startLine,
    );
    known.set(group, (facts = { gravestFirst, weight }));
  }
  return facts;
}
