/** The summary by area: what a reader should know first, from a report alone. The same report gives the same summary. */
import type { FileReport, FileStatus, Finding, Report, Severity } from "./report.ts";

/** A folder at a useful depth; `path` is empty for files that lie at the top. */
export interface Area {
  readonly path: string;
  readonly files: number;
  readonly sizeBytes: number;
  readonly findings: number;
}

export interface AreaSummary {
  /** Most files first; files of no known language are not counted. */
  readonly languages: readonly { readonly language: string; readonly files: number; readonly sizeBytes: number }[];
  /** Most findings first. */
  readonly areas: readonly Area[];
  /** At most seven, the most urgent first, at most two of one file; fewer where there are fewer. */
  readonly lookFirst: readonly { readonly finding: Finding; readonly inSameFile: number }[];
  /** Rules that several files break, the most widespread first. */
  readonly patterns: readonly { readonly rule: string; readonly findings: number; readonly files: number }[];
  /** Files without a review, by status and reason, most files first. */
  readonly notLookedAt: readonly {
    readonly status: FileStatus;
    readonly reason: string | null;
    readonly files: number;
  }[];
}

const WEIGHT: Readonly<Record<Severity, number>> = { error: 9, warning: 3, info: 1 };
const MAXIMUM_FIRST = 7;
const MAXIMUM_PER_FILE = 2;
const MAXIMUM_DEPTH = 3;

export function summarizeAreas(report: Pick<Report, "files" | "findings">): AreaSummary {
  return {
    languages: countLanguages(report.files),
    areas: countAreas(report.files, report.findings),
    lookFirst: rankFindings(report.findings),
    patterns: findPatterns(report.findings),
    notLookedAt: countUnseen(report.files),
  };
}

function countLanguages(files: readonly FileReport[]): AreaSummary["languages"] {
  const known = files.filter((file) => file.language !== null);
  return [...groupBy(known, (file) => file.language ?? "")]
    .map(([language, group]) => ({ language, files: group.length, sizeBytes: totalBytes(group) }))
    .toSorted((one, other) => other.files - one.files || compareText(one.language, other.language));
}

function countAreas(files: readonly FileReport[], findings: readonly Finding[]): readonly Area[] {
  const depth = usefulDepth(files);
  const remarks = groupBy(findings, (finding) => folderOf(finding.path, depth));
  return [...groupBy(files, (file) => folderOf(file.path, depth))]
    .map(([path, group]) => ({
      path,
      files: group.length,
      sizeBytes: totalBytes(group),
      findings: remarks.get(path)?.length ?? 0,
    }))
    .toSorted(
      (one, other) => other.findings - one.findings || other.files - one.files || compareText(one.path, other.path),
    );
}

/** The least depth at which no folder holds more than half of the files. */
function usefulDepth(files: readonly FileReport[]): number {
  for (let depth = 1; depth < MAXIMUM_DEPTH; depth++) {
    const groups = groupBy(files, (file) => folderOf(file.path, depth));
    if ([...groups.values()].every((group) => group.length * 2 <= files.length)) return depth;
  }
  return MAXIMUM_DEPTH;
}

function folderOf(path: string, depth: number): string {
  return path.split("/").slice(0, -1).slice(0, depth).join("/");
}

/** Severity × confidence × concentration: a file with many remarks deserves the first look, but not all of the list. */
function rankFindings(findings: readonly Finding[]): AreaSummary["lookFirst"] {
  const byFile = groupBy(findings, (finding) => finding.path);
  const taken = new Map<string, number>();
  return findings
    .map((finding) => {
      const inSameFile = byFile.get(finding.path)?.length ?? 1;
      return {
        finding,
        inSameFile,
        rank: WEIGHT[finding.severity] * finding.confidence * (1 + Math.log2(inSameFile) / 4),
      };
    })
    .toSorted(
      (one, other) =>
        other.rank - one.rank ||
        compareText(one.finding.path, other.finding.path) ||
        one.finding.startLine - other.finding.startLine ||
        compareText(one.finding.id, other.finding.id),
    )
    .filter(({ finding }) => {
      const before = taken.get(finding.path) ?? 0;
      taken.set(finding.path, before + 1);
      return before < MAXIMUM_PER_FILE;
    })
    .slice(0, MAXIMUM_FIRST)
    .map(({ finding, inSameFile }) => ({ finding, inSameFile }));
}

function findPatterns(findings: readonly Finding[]): AreaSummary["patterns"] {
  return [...groupBy(findings, (finding) => finding.rule)]
    .map(([rule, group]) => ({ rule, findings: group.length, files: new Set(group.map(({ path }) => path)).size }))
    .filter((pattern) => pattern.files > 1)
    .toSorted(
      (one, other) => other.files - one.files || other.findings - one.findings || compareText(one.rule, other.rule),
    );
}

function countUnseen(files: readonly FileReport[]): AreaSummary["notLookedAt"] {
  const unseen = files.filter((file) => file.status !== "reviewed" && file.status !== "cached");
  return [...groupBy(unseen, (file) => `${file.status}\n${file.reason ?? ""}`)]
    .map(([key, group]) => ({ key, status: group[0]!.status, reason: group[0]!.reason, files: group.length }))
    .toSorted((one, other) => other.files - one.files || compareText(one.key, other.key))
    .map(({ status, reason, files: count }) => ({ status, reason, files: count }));
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

function totalBytes(files: readonly FileReport[]): number {
  return files.reduce((sum, file) => sum + file.sizeBytes, 0);
}

/** By code units: the same on every machine, whatever its locale. */
function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
