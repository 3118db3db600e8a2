/** Which findings the tree shows, as its reader asked. Pure. */
import type { Finding, Severity } from "../shared/report.ts";
import { t } from "../shared/localize.ts";

/** An empty list or text leaves everything in. */
export interface FindingsFilter {
  /** Words that all have to stand in title, path or rule; upper and lower case are the same. */
  readonly text: string;
  readonly severities: readonly Severity[];
  readonly categories: readonly string[];
  readonly sources: readonly Finding["source"][];
}

export const NO_FILTER: FindingsFilter = { text: "", severities: [], categories: [], sources: [] };

export function isFiltering({ text, severities, categories, sources }: FindingsFilter): boolean {
  return text.trim() !== "" || severities.length + categories.length + sources.length > 0;
}

function allows<Value>(list: readonly Value[], value: Value): boolean {
  return list.length === 0 || list.includes(value);
}

export function createFilterCheck(filter: FindingsFilter): (finding: Finding) => boolean {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return (finding) => {
    if (!allows(filter.severities, finding.severity)) return false;
    if (!allows(filter.categories, finding.category) || !allows(filter.sources, finding.source)) return false;
    const text = `${finding.title}\n${finding.path}\n${finding.rule}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

export const groupings = ["file", "folder", "severity", "category", "hotSpots"] as const;
export type Grouping = (typeof groupings)[number];

export function groupingLabel(grouping: Grouping): string {
  switch (grouping) {
    case "file":
      return t("File");
    case "folder":
      return t("Folder");
    case "severity":
      return t("Severity");
    case "category":
      return t("Category");
    case "hotSpots":
      return t("Hot spots first");
  }
}
