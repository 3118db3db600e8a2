/** What findings can be filtered by, the text that is searched for apart. */
import type { ReportFinding } from "../../shared/panelProtocol.ts";
import type { FileGroup } from "./reportModel.ts";

/** `status` is that of the finding's file. */
export const facets = ["severity", "category", "source", "status"] as const;

export type Facet = (typeof facets)[number];

/** By facet the values that are not wanted: whatever comes first later is shown. */
export type Hidden = Readonly<Record<Facet, ReadonlySet<string>>>;

export const nothingHidden: Hidden = {
  severity: new Set(),
  category: new Set(),
  source: new Set(),
  status: new Set(),
};

export function facetValue(facet: Facet, finding: ReportFinding, group: FileGroup): string {
  return facet === "status" ? statusOf(group) : finding[facet];
}

/** What became of a file; one that is still under review has no status yet. */
export function statusOf(group: FileGroup): string {
  return group.status ?? "in-review";
}

/** By facet and value, how many findings there are. */
export type FacetCounts = Readonly<Record<Facet, ReadonlyMap<string, number>>>;

export function countFacets(groups: readonly FileGroup[]): FacetCounts {
  const sums = emptyCounts();
  for (const group of groups) {
    const counts = countsOf(group);
    for (const facet of facets) for (const [value, count] of counts[facet]) add(sums[facet], value, count);
  }
  return sums;
}

/** Counts a file beforehand, away from drawing. */
export function prepareCounts(group: FileGroup): void {
  countsOf(group);
}

/** A group is replaced, never changed: it is counted once. */
const kept = new WeakMap<FileGroup, FacetCounts>();

function countsOf(group: FileGroup): FacetCounts {
  const known = kept.get(group);
  if (known) return known;
  const counts = emptyCounts();
  for (const finding of group.findings)
    for (const facet of facets) add(counts[facet], facetValue(facet, finding, group), 1);
  kept.set(group, counts);
  return counts;
}

function emptyCounts(): Record<Facet, Map<string, number>> {
  return { severity: new Map(), category: new Map(), source: new Map(), status: new Map() };
}

function add(counts: Map<string, number>, value: string, count: number): void {
  counts.set(value, (counts.get(value) ?? 0) + count);
}
