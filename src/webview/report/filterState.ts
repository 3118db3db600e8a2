import { useState } from "preact/hooks";
import { remember, remembered } from "../common/host.ts";
import { facets, type Facet, type Hidden, nothingHidden } from "./facets.ts";
import { type Filter, readFilter } from "./readFilter.ts";

export interface FilterState {
  readonly filter: Filter;
  change(changes: Partial<Filter>): void;
  /** Hides a value of a facet, or shows it again. */
  toggle(facet: Facet, value: string): void;
  /** Shows everything that this filter hides. */
  clear(name: Facet | "text"): void;
  clearAll(): void;
}

/** The filter outlives the page: hidden, shown again or reloaded, it is as it was. */
export function useFilter(isRunning: boolean): FilterState {
  const [filter, setFilter] = useState<Filter>(() => readFilter(remembered(), isRunning));

  function change(changes: Partial<Filter>) {
    setFilter((before) => {
      const next = { ...before, ...changes };
      // The order that suits a run under way is not what one has chosen.
      remember({ text: next.text, hidden: toLists(next.hidden), ...(changes.order && { order: changes.order }) });
      return next;
    });
  }

  return {
    filter,
    change,
    toggle: (facet, value) => change({ hidden: { ...filter.hidden, [facet]: toggled(filter.hidden[facet], value) } }),
    clear(name) {
      if (name === "text") change({ text: "" });
      else change({ hidden: { ...filter.hidden, [name]: nothingHidden[name] } });
    },
    clearAll: () => change({ text: "", hidden: nothingHidden }),
  };
}

function toLists(hidden: Hidden): Record<string, readonly string[]> {
  return Object.fromEntries(facets.map((facet) => [facet, [...hidden[facet]]]));
}

function toggled(values: ReadonlySet<string>, value: string): ReadonlySet<string> {
  const next = new Set(values);
  if (!next.delete(value)) next.add(value);
  return next;
}
