import { useEffect, useState } from "preact/hooks";
import type { ListWish } from "./listWish.ts";
import type { FileGroup } from "./reportModel.ts";
import type { ReportRows } from "./reportRows.ts";

interface WishProps {
  readonly files: readonly FileGroup[];
  readonly wish: ListWish | null;
  readonly onWishGranted: () => void;
}

/**
 * Scrolls to the finding that is wished for; what a filter hides of it is shown first.
 *
 * @param reveal given the index of the finding's row
 * @returns whether the finding that was wished for last is not in the report
 */
export function useWish(
  { files, wish, onWishGranted }: WishProps,
  shown: ReportRows,
  showAll: () => void,
  reveal: (row: number) => void,
): boolean {
  const [isMissing, setIsMissing] = useState(false);
  useEffect(() => {
    if (!wish) return;
    const isWished = (one: ListWish) => one.id === wish.id && one.path === wish.path;
    const row = shown.rows.findIndex((one) => one.type === "finding" && isWished(one.finding));
    const isThere = row >= 0 || files.some((file) => file.findings.some(isWished));
    setIsMissing(!isThere);
    if (isThere && row < 0) return showAll();
    onWishGranted();
    if (row >= 0) reveal(row);
  }, [wish, shown]);
  return isMissing;
}
