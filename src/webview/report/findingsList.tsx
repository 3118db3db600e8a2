import type { JSX } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import type { Severity } from "../../shared/report.ts";
import { formatCount, formatQuantity } from "../../shared/format.ts";
import { Glyph } from "../common/glyph.tsx";
import { t } from "../../shared/localize.ts";
import { remember, remembered } from "../common/host.ts";
import { severities } from "../common/severityCounts.tsx";
import type { Folding } from "./findingRow.tsx";
import { createNearWatcher, Portion } from "./portion.tsx";
import type { ListWish } from "./listWish.ts";
import type { FileGroup } from "./reportModel.ts";
import { useWish } from "./useWish.ts";
import { inPortions, type ReportRows, reportRows, type RowFilter, type RowOrder } from "./reportRows.ts";

export interface FindingsListProps {
  readonly files: readonly FileGroup[];
  readonly isRunning: boolean;
  /** Files that were not reviewed: they may hold more. */
  readonly unread: number;
  /** Changes with the run: a new one starts with its own order. */
  readonly runId: string | null;
  readonly wish: ListWish | null;
  readonly onWishGranted: () => void;
}

const rowsPerPortion = 24;
const nearPx = 1200;

const orders: Readonly<Record<RowOrder, string>> = {
  severity: "Most severe first",
  arrival: "As they arrived",
  path: "By path",
};

const severityNames: Readonly<Record<Severity, string>> = { error: "Errors", warning: "Warnings", info: "Infos" };

export function FindingsList(props: FindingsListProps): JSX.Element {
  const { files, isRunning, unread, runId } = props;
  const [filter, setFilter] = useState<RowFilter>(() => initialFilter(isRunning));
  const near = useMemo(() => createNearWatcher(nearPx), []);
  const folded = useFolding();
  const shown = useMemo(() => reportRows(files, filter), [files, filter]);
  const counts = useMemo(() => countBySeverity(files), [files]);
  const total = counts.error + counts.warning + counts.info;

  const portions = useRef(new Map<number, Portion>());
  const register = (index: number, portion: Portion | null) =>
    void (portion ? portions.current.set(index, portion) : portions.current.delete(index));
  const isMissing = useWish(
    props,
    shown,
    () => change({ text: "", severities: new Set(severities) }),
    (row) => {
      const index = Math.floor(row / rowsPerPortion);
      portions.current.get(index)?.reveal(row - index * rowsPerPortion);
    },
  );

  function change(changes: Partial<RowFilter>) {
    const next = { ...filter, ...changes };
    setFilter(next);
    remember({ text: next.text, severities: [...next.severities], ...(changes.order && { order: changes.order }) });
  }

  return (
    <section class="findings" aria-label="Findings" aria-busy={isRunning}>
      <div class="tools">
        <div class="search">
          <Glyph name="search" />
          <input
            type="search"
            placeholder="Search findings"
            aria-label="Search findings"
            value={filter.text}
            onInput={(event) => change({ text: event.currentTarget.value })}
          />
        </div>
        <div class="toggles" role="group" aria-label="Severities">
          {severities.map((severity) => (
            <button
              key={severity}
              type="button"
              class="toggle"
              aria-pressed={filter.severities.has(severity)}
              aria-label={`${severityNames[severity]}, ${counts[severity]}`}
              title={severityNames[severity]}
              onClick={() => change({ severities: toggled(filter.severities, severity) })}
            >
              <Glyph name={severity} tone={severity} />
              {formatCount(counts[severity])}
            </button>
          ))}
        </div>
        <select
          aria-label="Order"
          value={filter.order}
          onChange={(event) => change({ order: event.currentTarget.value as RowOrder })}
        >
          {Object.entries(orders).map(([order, name]) => (
            <option key={order} value={order}>
              {name}
            </option>
          ))}
        </select>
        <button type="button" class="toggle" aria-pressed={folded.all} onClick={() => folded.foldAll(!folded.all)}>
          Titles only
        </button>
      </div>
      <p class="muted outcome">{isRunning ? progress(shown, total) : outcome(shown, total, unread)}</p>
      {isMissing && (
        <p class="muted" role="status">
          {t("This finding is no longer in the report.")}
        </p>
      )}
      {inPortions(shown.rows, rowsPerPortion).map((rows, index) => (
        <Portion
          key={`${runId} ${index}`}
          index={index}
          register={register}
          rows={rows}
          total={shown.findings}
          near={near}
          folding={folded}
          foldingVersion={folded.version}
        />
      ))}
    </section>
  );
}

function progress(shown: ReportRows, total: number): string {
  return total === 0 ? "Nothing found so far." : `${matches(shown, total)} so far`;
}

/** Nothing found is only said of everything where everything was reviewed. */
function outcome(shown: ReportRows, total: number, unread: number): string {
  const rest = unread === 0 ? "" : ` ${formatQuantity(unread, "file was", "files were")} not reviewed.`;
  return `${total === 0 ? "Nothing found." : matches(shown, total)}${rest && total > 0 ? "." : ""}${rest}`;
}

function matches(shown: ReportRows, total: number): string {
  if (shown.findings === 0) return `None of the ${formatQuantity(total, "finding")} match.`;
  const all =
    shown.findings === total
      ? formatQuantity(total, "finding")
      : `${shown.findings} of ${formatQuantity(total, "finding")}`;
  return `${all} in ${formatQuantity(shown.files, "file")}`;
}

/** All folded or unfolded, and those that differ. */
function useFolding(): Folding & { all: boolean; version: number; foldAll(all: boolean): void } {
  const [{ all, version }, setAll] = useState(() => ({ all: remembered()["titlesOnly"] === true, version: 0 }));
  const others = useRef(new Set<string>());
  return {
    all,
    version,
    isFolded: (id) => others.current.has(id) !== all,
    setFolded(id, isFolded) {
      if (isFolded === all) others.current.delete(id);
      else others.current.add(id);
    },
    foldAll(next) {
      others.current.clear();
      setAll({ all: next, version: version + 1 });
      remember({ titlesOnly: next });
    },
  };
}

/** What streams in keeps its place; a report that is opened afterwards begins with what matters most. */
function initialFilter(isRunning: boolean): RowFilter {
  const { text, severities: chosen, order } = remembered();
  return {
    text: typeof text === "string" ? text : "",
    severities: new Set(Array.isArray(chosen) ? chosen.filter(isSeverity) : severities),
    order: typeof order === "string" && order in orders ? (order as RowOrder) : isRunning ? "arrival" : "severity",
  };
}

function isSeverity(value: unknown): value is Severity {
  return severities.includes(value as Severity);
}

function toggled(severities: ReadonlySet<Severity>, severity: Severity): ReadonlySet<Severity> {
  const next = new Set(severities);
  if (!next.delete(severity)) next.add(severity);
  return next;
}

function countBySeverity(files: readonly FileGroup[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const file of files) for (const finding of file.findings) counts[finding.severity] += 1;
  return counts;
}
