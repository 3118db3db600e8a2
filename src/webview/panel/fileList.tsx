import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { escapeLine } from "../../shared/escapeText.ts";
import { formatCount, formatDuration, formatUsd } from "../../shared/format.ts";
import { t, tCount } from "../../shared/localize.ts";
import type { FileFigures, FileOrder, FileTable } from "../../shared/panelFigures.ts";
import { openPlace, post } from "../common/host.ts";
import { splitPath } from "../common/words.ts";
import { causeName } from "./causeName.ts";
import { Facts } from "./facts.tsx";
import { modelReasonName } from "./modelReasonName.ts";

const rowPx = 24;
const rowsInSight = 8;
/** Asked for beyond what is in sight, so that scrolling a little shows rows at once. */
const rowsBeyond = 12;

export interface FileListProps {
  /** null: not here yet. */
  readonly table: FileTable | null;
  readonly orders: readonly FileOrder[];
}

/** All files that took time or money. Only the rows in sight are asked for and drawn, however many there are. */
export function FileList({ table, orders }: FileListProps): JSX.Element {
  const [order, setOrder] = useState<FileOrder>(orders[0]!);
  const [first, setFirst] = useState(0);
  const [explained, setExplained] = useState<string | null>(null);
  const frame = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const from = Math.max(0, first - rowsBeyond);
    post({ type: "files", wish: { order, from, count: rowsInSight + 2 * rowsBeyond } });
  }, [order, first]);
  useEffect(() => () => post({ type: "files", wish: null }), []);

  const shown = table?.order === order ? table : null;
  const total = shown?.total ?? 0;
  const choose = (next: FileOrder) => {
    setOrder(next);
    setExplained(null);
    if (frame.current) frame.current.scrollTop = 0;
  };
  return (
    <>
      <div
        class="tabs"
        role="tablist"
        aria-label={t("Files")}
        onKeyDown={(event) => stepTabs(event, orders, order, choose)}
      >
        {orders.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            id={`tab-${one}`}
            aria-selected={one === order}
            aria-controls="file-list"
            tabIndex={one === order ? 0 : -1}
            class={one === order ? "tab chosen" : "tab"}
            onClick={() => choose(one)}
          >
            {one === "slowest" ? t("Slowest Files") : t("Dearest Files")}
          </button>
        ))}
        <span class="aside muted">{shown ? tCount(total, "{0} file", "{0} files") : ""}</span>
      </div>
      <div
        ref={frame}
        id="file-list"
        role="tabpanel"
        aria-labelledby={`tab-${order}`}
        class="file-list"
        // With the keyboard it can be scrolled also where no row has the focus.
        tabIndex={total > rowsInSight ? 0 : -1}
        style={{ maxHeight: `${rowsInSight * rowPx}px` }}
        onScroll={(event) => setFirst(Math.floor(event.currentTarget.scrollTop / rowPx))}
      >
        {shown && total === 0 && (
          <p class="muted">{order === "dearest" ? t("Nothing was paid for.") : t("None yet.")}</p>
        )}
        {shown && (
          <ul class="rows" style={{ height: `${total * rowPx}px` }}>
            {shown.rows.map((row, index) => (
              <Row
                key={row.path}
                row={row}
                order={order}
                position={shown.from + index}
                total={total}
                isExplained={explained === row.path}
                explain={() => setExplained(explained === row.path ? null : row.path)}
              />
            ))}
          </ul>
        )}
      </div>
      {explained !== null && <Why file={shown?.rows.find(({ path }) => path === explained) ?? null} path={explained} />}
    </>
  );
}

function stepTabs(
  event: KeyboardEvent,
  orders: readonly FileOrder[],
  order: FileOrder,
  choose: (order: FileOrder) => void,
): void {
  const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (step === 0) return;
  const next = orders[(orders.indexOf(order) + step + orders.length) % orders.length]!;
  choose(next);
  document.getElementById(`tab-${next}`)?.focus();
}

interface RowProps {
  readonly row: FileFigures;
  readonly order: FileOrder;
  readonly position: number;
  readonly total: number;
  readonly isExplained: boolean;
  readonly explain: () => void;
}

function Row({ row, order, position, total, isExplained, explain }: RowProps): JSX.Element {
  const { name, folder } = splitPath(escapeLine(row.path));
  const figure = order === "slowest" ? formatDuration(row.ms) : priceOf(row.costUsd);
  return (
    <li class="file-row" style={{ top: `${position * rowPx}px` }} aria-setsize={total} aria-posinset={position + 1}>
      <button type="button" class="row" title={escapeLine(row.path)} onClick={() => openPlace(row.path)}>
        <span class="name">{name}</span> <span class="folder">{folder}</span>
      </button>
      <button
        type="button"
        class="why-button"
        aria-expanded={isExplained}
        aria-label={t("{0}: why? {1}", figure, name)}
        title={t("Why?")}
        onClick={explain}
      >
        {figure}
      </button>
    </li>
  );
}

/** What a file's time and price are made of. */
function Why({ file, path }: { readonly file: FileFigures | null; readonly path: string }): JSX.Element {
  const { name } = splitPath(escapeLine(path));
  if (!file) return <p class="muted">{t("{0} is out of sight: scroll to it to see why.", name)}</p>;
  const { asked, reason, status, model, modelReason } = file;
  return (
    <section class="why" aria-label={t("Why {0} cost this", name)}>
      <h3>{t("Why {0} cost this", name)}</h3>
      <Facts
        facts={[
          { name: t("Price"), value: priceOf(file.costUsd) },
          { name: t("Time"), value: formatDuration(file.ms) },
          reason !== null && status === "reviewed" ? { name: t("Asked because"), value: causeName(reason) } : null,
          reason !== null && status !== "reviewed" ? { name: t("Reason"), value: escapeLine(reason) } : null,
          model !== null ? { name: t("Reviewed by"), value: escapeLine(model) } : null,
          modelReason !== null ? { name: t("By the strong model because"), value: modelReasonName(modelReason) } : null,
          asked && asked.requests > 0 ? { name: t("Requests"), value: requestWords(asked) } : null,
          asked && asked.inputTokens > 0
            ? {
                name: t("Input tokens"),
                value: t(
                  "{0}, {1} of them cached",
                  formatCount(asked.inputTokens),
                  formatCount(asked.cachedInputTokens),
                ),
              }
            : null,
          asked && asked.outputTokens > 0 ? { name: t("Output tokens"), value: formatCount(asked.outputTokens) } : null,
        ]}
      />
    </section>
  );
}

function requestWords({ requests, retries, failed }: NonNullable<FileFigures["asked"]>): string {
  return [
    formatCount(requests),
    ...(retries > 0 ? [tCount(retries, "{0} sent again", "{0} sent again")] : []),
    ...(failed > 0 ? [t("{0} failed", formatCount(failed))] : []),
  ].join(", ");
}

function priceOf(costUsd: number | null): string {
  return costUsd === null ? t("unknown") : costUsd === 0 ? t("free") : formatUsd(costUsd, "file");
}
