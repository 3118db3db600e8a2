import type { JSX, RefObject } from "preact";
import { useId } from "preact/hooks";
import { formatCount } from "../../shared/format.ts";
import { t } from "../../shared/localize.ts";
import { Glyph } from "../common/glyph.tsx";
import { severities } from "../common/severityCounts.tsx";
import type { Facet, FacetCounts } from "./facets.ts";
import { facetName, orderName, severitiesName, valueName } from "./facetWords.ts";
import type { FilterState } from "./filterState.ts";
import { rowOrders } from "./readFilter.ts";
import type { RowOrder } from "./reportRows.ts";

export interface FilterToolsProps {
  readonly state: FilterState;
  readonly counts: FacetCounts;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly isFilterOpen: boolean;
  readonly onFilterOpen: (isOpen: boolean) => void;
  readonly titlesOnly: boolean;
  readonly onTitlesOnly: (titlesOnly: boolean) => void;
  readonly areKeysShown: boolean;
  readonly onShowKeys: (areShown: boolean) => void;
}

/** Severities have buttons of their own. */
const listed: readonly Facet[] = ["category", "source", "status"];

/** Search, filters and order, at the top of the list. */
export function FilterTools(props: FilterToolsProps): JSX.Element {
  const { state, counts, isFilterOpen, onFilterOpen, titlesOnly, onTitlesOnly, areKeysShown, onShowKeys } = props;
  const { filter, change } = state;
  const panelId = useId();
  const hidden = listed.reduce((sum, facet) => sum + filter.hidden[facet].size, 0);
  return (
    <div class="tools">
      <Search text={filter.text} onText={(text) => change({ text })} field={props.search} />
      <Severities state={state} counts={counts} />
      <button
        type="button"
        class="toggle"
        aria-expanded={isFilterOpen}
        aria-controls={panelId}
        onClick={() => onFilterOpen(!isFilterOpen)}
      >
        {hidden === 0 ? t("Filter") : t("Filter ({0})", hidden)}
      </button>
      <select
        aria-label={t("Order")}
        value={filter.order}
        onChange={(event) => change({ order: event.currentTarget.value as RowOrder })}
      >
        {rowOrders.map((order) => (
          <option key={order} value={order}>
            {orderName(order)}
          </option>
        ))}
      </select>
      <button type="button" class="toggle" aria-pressed={titlesOnly} onClick={() => onTitlesOnly(!titlesOnly)}>
        {t("Titles only")}
      </button>
      <button
        type="button"
        class="toggle"
        aria-expanded={areKeysShown}
        aria-keyshortcuts="?"
        title={t("Keys")}
        aria-label={t("Keys")}
        onClick={() => onShowKeys(!areKeysShown)}
      >
        ?
      </button>
      <div id={panelId} class="facets" hidden={!isFilterOpen}>
        {isFilterOpen && listed.map((facet) => <FacetValues key={facet} facet={facet} state={state} counts={counts} />)}
      </div>
    </div>
  );
}

interface SearchProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly field: RefObject<HTMLInputElement | null>;
}

function Search({ text, onText, field }: SearchProps): JSX.Element {
  return (
    <div class="search">
      <Glyph name="search" />
      <input
        ref={field}
        type="search"
        placeholder={t("Search findings")}
        aria-label={t("Search findings")}
        aria-keyshortcuts="/ Control+F"
        value={text}
        onInput={(event) => onText(event.currentTarget.value)}
      />
    </div>
  );
}

type FacetProps = Pick<FilterToolsProps, "state" | "counts">;

function Severities({ state, counts }: FacetProps): JSX.Element {
  return (
    <div class="toggles" role="group" aria-label={t("Severities")}>
      {severities.map((severity) => {
        const count = counts.severity.get(severity) ?? 0;
        return (
          <button
            key={severity}
            type="button"
            class="toggle"
            aria-pressed={!state.filter.hidden.severity.has(severity)}
            aria-label={`${severitiesName(severity)}, ${formatCount(count)}`}
            title={severitiesName(severity)}
            onClick={() => state.toggle("severity", severity)}
          >
            <Glyph name={severity} tone={severity} />
            {formatCount(count)}
          </button>
        );
      })}
    </div>
  );
}

/** What there is of a facet, most frequent first; what is hidden stays in the list when there is none of it any more. */
function FacetValues({ facet, state, counts }: FacetProps & { readonly facet: Facet }): JSX.Element | null {
  const hidden = state.filter.hidden[facet];
  const values = new Map([...[...hidden].map((value) => [value, 0] as const), ...counts[facet]]);
  if (values.size === 0) return null;
  return (
    <fieldset>
      <legend>{facetName(facet)}</legend>
      {[...values]
        .toSorted(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
        .map(([value, count]) => (
          <label key={value}>
            <input type="checkbox" checked={!hidden.has(value)} onChange={() => state.toggle(facet, value)} />
            {valueName(facet, value)} <span class="muted">{formatCount(count)}</span>
          </label>
        ))}
    </fieldset>
  );
}
