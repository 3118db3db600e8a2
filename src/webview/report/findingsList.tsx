import type { JSX } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import { t } from "../../shared/localize.ts";
import { remember, remembered } from "../common/host.ts";
import { countFacets } from "./facets.ts";
import { useFilter } from "./filterState.ts";
import { FilterTools } from "./filterTools.tsx";
import { KeysHint } from "./keysHint.tsx";
import { ListOutcome } from "./listOutcome.tsx";
import type { ListWish } from "./listWish.ts";
import { SearchedText } from "./marked.tsx";
import { createNearWatcher, Portion, type Revealing } from "./portion.tsx";
import type { FileGroup } from "./reportModel.ts";
import { createRowsOf, inPortions, reportRows } from "./reportRows.ts";
import { useFolding } from "./useFolding.ts";
import { useGrowing } from "./useGrowing.ts";
import { useKeptPlace } from "./useKeptPlace.ts";
import { useListKeys } from "./useListKeys.ts";
import { useTextMatcher } from "./useTextMatcher.ts";
import { useWish } from "./useWish.ts";

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

const rowsPerPortion = 8;
const portionsPerFrame = 45;
const nearPx = 800;

export function FindingsList(props: FindingsListProps): JSX.Element {
  const { files, isRunning, unread, runId } = props;
  const state = useFilter(isRunning);
  const { text, hidden, order } = state.filter;
  const near = useMemo(() => createNearWatcher(nearPx), []);
  const folded = useFolding();
  const matcher = useTextMatcher(files, text);
  const rowsOf = useMemo(() => createRowsOf(hidden, matcher), [hidden, matcher]);
  const shown = useMemo(() => reportRows(files, order, rowsOf), [files, order, rowsOf]);
  const portioned = useMemo(() => inPortions(shown.rows, rowsPerPortion), [shown]);
  const portionCount = useGrowing(portioned.length, portionsPerFrame);
  const counts = useMemo(() => countFacets(files), [files]);
  const total = useMemo(() => [...counts.severity.values()].reduce((sum, count) => sum + count, 0), [counts]);

  const [isFilterOpen, setFilterOpen] = useState(false);
  const [areKeysShown, setKeysShown] = useState(false);
  const [singleKeys, setSingleKeys] = useState(() => remembered()["singleKeys"] !== false);
  // Said anew for every copy: the same words again are no news to a screen reader.
  const [copies, setCopies] = useState(0);

  const search = useRef<HTMLInputElement>(null);
  const portions = useRef(new Map<number, Portion>());
  // For a portion that is not there yet.
  const awaited = useRef<{ readonly row: number; readonly how: Revealing } | null>(null);
  const register = useMemo(
    () => (index: number, portion: Portion | null) => {
      if (portion) portions.current.set(index, portion);
      else portions.current.delete(index);
      const { row, how } = awaited.current ?? { row: -1, how: "step" as const };
      if (portion && Math.floor(row / rowsPerPortion) === index) reveal(row, how);
    },
    [],
  );
  function reveal(row: number, how: Revealing) {
    const portion = portions.current.get(Math.floor(row / rowsPerPortion));
    awaited.current = portion ? null : { row, how };
    portion?.reveal(row % rowsPerPortion, how);
  }
  const isMissing = useWish(props, shown, state.clearAll, (row) => reveal(row, "asked"));
  useKeptPlace(runId, shown, (row) => reveal(row, "kept"));
  const noteFocus = useListKeys({
    shown,
    search,
    singleKeys,
    text,
    searched: matcher.wanted,
    clearText: () => state.clear("text"),
    toggleKeys: () => setKeysShown((before) => !before),
    onCopied: () => setCopies((before) => before + 1),
    reveal: (row) => reveal(row, "step"),
    setFolded: folded.fold,
  });

  return (
    <section class="findings" aria-label={t("Findings")} aria-busy={isRunning} onFocusIn={noteFocus}>
      <FilterTools
        state={state}
        counts={counts}
        search={search}
        isFilterOpen={isFilterOpen}
        onFilterOpen={setFilterOpen}
        titlesOnly={folded.all}
        onTitlesOnly={folded.foldAll}
        areKeysShown={areKeysShown}
        onShowKeys={setKeysShown}
      />
      {areKeysShown && (
        <KeysHint
          singleKeys={singleKeys}
          onSingleKeys={(areOn) => {
            setSingleKeys(areOn);
            remember({ singleKeys: areOn });
          }}
        />
      )}
      <ListOutcome shown={shown} total={total} isRunning={isRunning} unread={unread} state={state} />
      {isMissing && (
        <p class="muted" role="status">
          {t("This finding is no longer in the report.")}
        </p>
      )}
      <p class="hidden-text" role="status">
        {copies > 0 && <span key={copies}>{t("Finding copied.")}</span>}
      </p>
      <SearchedText.Provider value={matcher.wanted}>
        {portioned.slice(0, portionCount).map(({ rows, findingsBefore }, index) => (
          <Portion
            key={`${runId} ${index}`}
            index={index}
            register={register}
            rows={rows}
            findingsBefore={findingsBefore}
            total={shown.findings}
            near={near}
            folding={folded}
            foldingVersion={folded.version}
          />
        ))}
      </SearchedText.Provider>
    </section>
  );
}
