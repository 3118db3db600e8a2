import type { Facet, Hidden } from "./facets.ts";
import type { RowOrder } from "./reportRows.ts";

export interface Filter {
  /** What is to be found in title, explanation, rule or path; without regard to case. */
  readonly text: string;
  readonly hidden: Hidden;
  readonly order: RowOrder;
}

export const rowOrders: readonly RowOrder[] = ["severity", "arrival", "path"];

/**
 * What streams in keeps its place; a report that is opened afterwards begins with what matters most.
 *
 * @param kept from an earlier page, perhaps of an earlier version
 */
export function readFilter(kept: Readonly<Record<string, unknown>>, isRunning: boolean): Filter {
  const { text, hidden, order } = kept;
  return {
    text: typeof text === "string" ? text : "",
    hidden: readHidden(hidden),
    order: rowOrders.find((one) => one === order) ?? (isRunning ? "arrival" : "severity"),
  };
}

function readHidden(kept: unknown): Hidden {
  const lists = typeof kept === "object" && kept !== null ? (kept as Partial<Record<Facet, unknown>>) : {};
  const read = (facet: Facet): ReadonlySet<string> => {
    const list = lists[facet];
    return new Set(Array.isArray(list) ? list.filter((value) => typeof value === "string") : []);
  };
  return { severity: read("severity"), category: read("category"), source: read("source"), status: read("status") };
}
