import { useRef, useState } from "preact/hooks";
import type { ReportFinding } from "../../shared/panelProtocol.ts";
import { remember, remembered } from "../common/host.ts";

/** Which findings are folded; kept outside the rows, which come and go while the list scrolls. */
export interface Folding {
  isFolded(id: string): boolean;
  setFolded(id: string, folded: boolean): void;
  /** Tells a drawn row when it is folded from elsewhere; returns how to stop. */
  watch(finding: ReportFinding, onFold: (isFolded: boolean) => void): () => void;
}

export interface ListFolding extends Folding {
  /** Whether all are folded but for those that differ. */
  readonly all: boolean;
  /** Changes when all rows are folded or unfolded at once. */
  readonly version: number;
  foldAll(all: boolean): void;
  /** Folds or unfolds a finding that is drawn. */
  fold(finding: ReportFinding, isFolded: boolean): void;
}

export function useFolding(): ListFolding {
  const [{ all, version }, setAll] = useState(() => ({ all: remembered()["titlesOnly"] === true, version: 0 }));
  const others = useRef(new Set<string>());
  const drawn = useRef(new Map<ReportFinding, (isFolded: boolean) => void>());

  function setFolded(id: string, isFolded: boolean) {
    if (isFolded === all) others.current.delete(id);
    else others.current.add(id);
  }

  return {
    all,
    version,
    isFolded: (id) => others.current.has(id) !== all,
    setFolded,
    watch(finding, onFold) {
      drawn.current.set(finding, onFold);
      return () => {
        if (drawn.current.get(finding) === onFold) drawn.current.delete(finding);
      };
    },
    fold(finding, isFolded) {
      setFolded(finding.id, isFolded);
      drawn.current.get(finding)?.(isFolded);
    },
    foldAll(next) {
      others.current.clear();
      setAll({ all: next, version: version + 1 });
      remember({ titlesOnly: next });
    },
  };
}
