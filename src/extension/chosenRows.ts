/** What rows of the findings tree stand for, when a command is given them. Pure. */
import type { Finding } from "../shared/report.ts";
import type { FindingsNode, GroupNode } from "./findingsModel.ts";
import type { RunScope } from "./runController.ts";

/** VS Code gives a command the row that was clicked and, if it is one of them, all that are selected. */
export function chosenRows(row: unknown, selected: unknown): readonly FindingsNode[] {
  const several = Array.isArray(selected) ? selected.filter(isRow) : [];
  return several.length > 0 ? several : isRow(row) ? [row] : [];
}

function isRow(row: unknown): row is FindingsNode {
  return typeof row === "object" && row !== null && "kind" in row && typeof row.kind === "string";
}

/** Each once, also where a file and its findings are both selected. */
export function findingsOf(rows: readonly FindingsNode[]): readonly Finding[] {
  const all = rows.flatMap((row) => {
    if (row.kind === "finding") return row.finding;
    if (row.kind === "file") return row.findings;
    return row.kind === "group" ? row.files.flatMap((file) => file.findings) : [];
  });
  return [...new Set(all)];
}

/** The files that rows are about. */
export function pathsOf(rows: readonly FindingsNode[]): readonly string[] {
  const all = rows.flatMap((row) => (row.kind === "group" ? row.files.map((file) => file.path) : (pathOf(row) ?? [])));
  return [...new Set(all)];
}

/** The file of a row; undefined for rows that are about several or none. */
export function pathOf(row: FindingsNode): string | undefined {
  if (row.kind === "finding") return row.finding.path;
  if (row.kind === "file") return row.path;
  return row.kind === "entry" ? row.file.path : undefined;
}

/** Folders are reviewed with all that is below them, every other row with its files. */
export function scopeOfRows(rows: readonly FindingsNode[]): RunScope {
  const folders = rows.filter(isFolder);
  const under = folders.map(({ name }) => (name === "." ? "" : name));
  return scopeOf({ under, only: pathsOf(rows.filter((row) => !isFolder(row))) });
}

function isFolder(row: FindingsNode): row is GroupNode {
  return row.kind === "group" && row.by === "folder";
}

/** The top of the only folder is the whole workspace. */
export function scopeOf({ under, only }: Required<Pick<RunScope, "under" | "only">>): RunScope {
  if (under.includes("")) return {};
  return { ...(under.length > 0 ? { under } : {}), ...(only.length > 0 ? { only } : {}) };
}
