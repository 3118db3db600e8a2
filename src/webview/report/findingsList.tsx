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
import { createNearWatcher, Portion } from "./portion.tsx";
import type { FileGroup } from "./reportModel.ts";
import { createRowsOf, inPortions, reportRows } from "./reportRows.ts";
import { useFolding } from "./useFolding.ts";
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

const rowsPerPortion = 12;
const nearPx = 1200;

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
  const counts = useMemo(() => countFacets(files), [files]);
  const total = useMemo(() => [...counts.severity.values()].reduce((sum, count) => sum + count, 0), [counts]);

  const [isFilterOpen, setFilterOpen] = useState(false);
  const [areKeysShown, setKeysShown] = useState(false);
  const [singleKeys, setSingleKeys] = useState(() => remembered()["singleKeys"] !== false);
  // Said anew for every copy: the same words again are no news to a screen reader.
  const [copies, setCopies] = useState(0);

  const search = useRef<HTMLInputElement>(null);
  const portions = useRef(new Map<number, Portion>());
  const register = useMemo(
    () => (index: number, portion: Portion | null) =>
      void (portion ? portions.current.set(index, portion) : portions.current.delete(index)),
    [],
  );
  const portionOf = (row: number) => portions.current.get(Math.floor(row / rowsPerPortion));
  const isMissing = useWish(props, shown, state.clearAll, (row) => portionOf(row)?.reveal(row % rowsPerPortion, true));
  const noteFocus = useListKeys({
    shown,
    search,
    singleKeys,
    text,
    searched: matcher.wanted,
    clearText: () => state.clear("text"),
    toggleKeys: () => setKeysShown((before) => !before),
    onCopied: () => setCopies((before) => before + 1),
    reveal: (row) => portionOf(row)?.reveal(row % rowsPerPortion, false),
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
        {portioned.map(({ rows, findingsBefore }, index) => (
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
