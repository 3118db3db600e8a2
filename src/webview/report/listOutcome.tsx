import type { JSX } from "preact";
import { t, tCount } from "../../shared/localize.ts";
import { formatCount } from "../../shared/format.ts";
import { type Facet, facets } from "./facets.ts";
import type { FilterState } from "./filterState.ts";
import type { ReportRows } from "./reportRows.ts";

export interface ListOutcomeProps {
  readonly shown: ReportRows;
  readonly total: number;
  readonly isRunning: boolean;
  /** Files that were not reviewed: they may hold more. */
  readonly unread: number;
  readonly state: FilterState;
}

/** How many findings are listed, and what hides the others. */
export function ListOutcome({ shown, total, isRunning, unread, state }: ListOutcomeProps): JSX.Element {
  const hides = (["text", ...facets] as const).filter((name) => shown.hiddenBy[name] > 0);
  return (
    <>
      <p class="muted outcome">
        <span>{isRunning ? progress(shown, total) : outcome(shown, total, unread)}</span>
        {hides.length > 0 && shown.findings > 0 && (
          <button type="button" class="link" onClick={() => state.clearAll()}>
            {t("Show All")}
          </button>
        )}
      </p>
      {total > 0 && shown.findings === 0 && (
        <div class="nothing">
          <ul>
            {hides.map((name) => (
              <li key={name}>
                <span id={`hidden-by-${name}`}>{hiddenWords(name, shown.hiddenBy[name])}</span>
                <button
                  type="button"
                  class="link"
                  aria-describedby={`hidden-by-${name}`}
                  onClick={() => state.clear(name)}
                >
                  {t("Clear")}
                </button>
              </li>
            ))}
          </ul>
          <button type="button" class="button" onClick={() => state.clearAll()}>
            {t("Clear All Filters")}
          </button>
        </div>
      )}
    </>
  );
}

function progress(shown: ReportRows, total: number): string {
  return total === 0 ? t("Nothing found so far.") : t("{0} so far", matches(shown, total));
}

/** Nothing found is only said of everything where everything was reviewed. */
function outcome(shown: ReportRows, total: number, unread: number): string {
  const found = total === 0 ? t("Nothing found.") : matches(shown, total);
  if (unread === 0) return found;
  const rest = tCount(unread, "{0} file was not reviewed.", "{0} files were not reviewed.");
  return /[.。]$/.test(found) ? `${found} ${rest}` : t("{0}. {1}", found, rest);
}

function matches(shown: ReportRows, total: number): string {
  if (shown.findings === 0) return tCount(total, "The {0} finding does not match.", "None of the {0} findings match.");
  const all =
    shown.findings === total
      ? tCount(total, "{0} finding", "{0} findings")
      : tCount(total, "{1} of {0} finding", "{1} of {0} findings", formatCount(shown.findings));
  return tCount(shown.files, "{1} in {0} file", "{1} in {0} files", all);
}

function hiddenWords(name: Facet | "text", count: number): string {
  switch (name) {
    case "text":
      return tCount(count, "The search hides {0} finding.", "The search hides {0} findings.");
    case "severity":
      return tCount(count, "The filter by severity hides {0} finding.", "The filter by severity hides {0} findings.");
    case "category":
      return tCount(count, "The filter by category hides {0} finding.", "The filter by category hides {0} findings.");
    case "source":
      return tCount(count, 'The filter "Found by" hides {0} finding.', 'The filter "Found by" hides {0} findings.');
    case "status":
      return tCount(count, "The filter by file hides {0} finding.", "The filter by file hides {0} findings.");
  }
}
