import { useEffect, useRef } from "preact/hooks";
import { remember, remembered } from "../common/host.ts";
import { rowOfPosition, type ReportRows } from "./reportRows.ts";

interface Place {
  readonly runId: string;
  readonly path: string;
  readonly id: string;
}

/** Scrolling goes on in steps: the place is kept once it has come to rest. */
const restMs = 150;

/**
 * Keeps which finding is the last on screen, and brings it there again when the page is a new one: the editor throws
 * away what is hidden. Who scrolls before it is there stays where they are.
 *
 * @param reveal brings a row to the lower edge of the screen
 */
export function useKeptPlace(runId: string | null, shown: ReportRows, reveal: (row: number) => void): void {
  const wanted = useRef(placeOf(remembered()["place"]));
  const rows = useRef(shown);
  rows.current = shown;

  useEffect(() => {
    const place = wanted.current;
    if (!place || place.runId !== runId) return;
    const row = shown.rows.findIndex(
      (one) => one.type === "finding" && one.finding.id === place.id && one.finding.path === place.path,
    );
    if (row === -1) return;
    wanted.current = null;
    reveal(row);
  }, [shown, runId]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onScroll = () => {
      if (scrollY > 0) wanted.current = null;
      clearTimeout(timer);
      timer = setTimeout(() => remember({ place: runId === null ? null : placeNow(runId, rows.current) }), restMs);
    };
    addEventListener("scroll", onScroll, { passive: true });
    return () => {
      removeEventListener("scroll", onScroll);
      clearTimeout(timer);
    };
  }, [runId]);
}

/** null: at the beginning, or above all findings. */
function placeNow(runId: string, { rows }: ReportRows): Place | null {
  if (scrollY === 0) return null;
  const last = [...document.querySelectorAll("article[aria-posinset]")].findLast(
    (article) => article.getBoundingClientRect().bottom <= innerHeight,
  );
  const row = last && rows[rowOfPosition(rows, Number(last.getAttribute("aria-posinset")))];
  return row?.type === "finding" ? { runId, path: row.finding.path, id: row.finding.id } : null;
}

function placeOf(value: unknown): Place | null {
  const { runId, path, id } = (value ?? {}) as Partial<Record<keyof Place, unknown>>;
  return typeof runId === "string" && typeof path === "string" && typeof id === "string" ? { runId, path, id } : null;
}
