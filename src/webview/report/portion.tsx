import { Component, createRef, type JSX } from "preact";
import { FileHead } from "./fileHead.tsx";
import { FindingRow } from "./findingRow.tsx";
import type { ReportRow } from "./reportRows.ts";
import type { Folding } from "./useFolding.ts";

export interface PortionProps {
  readonly rows: readonly ReportRow[];
  /** Findings in the portions before it. */
  readonly findingsBefore: number;
  readonly total: number;
  readonly folding: Folding;
  /** Changes when all rows are folded or unfolded at once. */
  readonly foldingVersion: number;
  readonly near: NearWatcher;
  /** Where it can be found while it is there. */
  readonly register: (index: number, portion: Portion | null) => void;
  readonly index: number;
}

/** Tells elements that they came near to what is on screen, or left. */
export interface NearWatcher {
  watch(element: Element, onChange: (isNear: boolean) => void): () => void;
}

/** Next to the one before, asked for (it is unfolded too), or the last one on screen before the page was thrown away. */
export type Revealing = "step" | "asked" | "kept";

const blocks = { step: "nearest", asked: "center", kept: "end" } as const;

// What a row is taken for until it has been measured.
const fileHeadPx = 64;
const findingPx = 150;
const foldedPx = 32;

/**
 * Some rows of the list. Only portions near the screen hold elements; the others keep their measured height, so that
 * ten thousand findings scroll like fifty.
 */
export class Portion extends Component<PortionProps, { readonly isNear: boolean }> {
  override state = { isNear: false };
  private readonly frame = createRef<HTMLDivElement>();
  private unwatch: (() => void) | null = null;
  private measuredPx: number | null = null;
  private isSeenNear = false;
  /** The state as it will be: it changes later than it is set. */
  private isDrawn = false;
  /** Drawn before it was scrolled to: that it was far away until then is no reason to empty it. */
  private isAwaited = false;
  /** Row that gets the focus as soon as it is drawn. */
  private wished: { readonly row: number; readonly how: Revealing } | null = null;

  override componentDidMount(): void {
    this.props.register(this.props.index, this);
    if (!this.frame.current) return;
    this.unwatch = this.props.near.watch(this.frame.current, (isNear) => {
      this.isSeenNear = isNear;
      if (isNear) this.isAwaited = false;
      // Most are far away from the beginning, and nothing about them changes.
      if (this.isAwaited || isNear === this.isDrawn) return;
      if (!isNear) this.measuredPx = this.frame.current?.offsetHeight ?? null;
      this.draw(isNear);
    });
    this.setHeight();
  }

  override shouldComponentUpdate(next: PortionProps, state: { readonly isNear: boolean }): boolean {
    const { rows, findingsBefore, total, foldingVersion } = this.props;
    const sameRows = rows.length === next.rows.length && rows.every((row, index) => row === next.rows[index]);
    if (!sameRows || foldingVersion !== next.foldingVersion) this.measuredPx = null;
    // Far away nothing is drawn: only its guessed height can change.
    return (
      !sameRows ||
      state.isNear !== this.state.isNear ||
      foldingVersion !== next.foldingVersion ||
      (state.isNear && (total !== next.total || findingsBefore !== next.findingsBefore))
    );
  }

  override componentDidUpdate(): void {
    this.setHeight();
    this.focusWished();
  }

  override componentWillUnmount(): void {
    this.props.register(this.props.index, null);
    this.unwatch?.();
  }

  override render(): JSX.Element {
    const { rows, findingsBefore, total, folding, foldingVersion } = this.props;
    let position = findingsBefore;
    return (
      <div ref={this.frame} class="portion">
        {this.state.isNear &&
          rows.map((row) =>
            row.type === "file" ? (
              <FileHead key={`file ${row.group.path}`} group={row.group} shown={row.shown} />
            ) : (
              <FindingRow
                key={`${foldingVersion} ${row.finding.path} ${row.finding.id}`}
                finding={row.finding}
                position={++position}
                total={total}
                folding={folding}
              />
            ),
          )}
      </div>
    );
  }

  /** Draws the rows, wherever they are, and brings a finding among them on screen with focus. */
  reveal(row: number, how: Revealing): void {
    this.isAwaited = !this.isSeenNear;
    this.wished = { row, how };
    if (this.state.isNear) this.focusWished();
    else this.draw(true);
  }

  private draw(isNear: boolean) {
    this.isDrawn = isNear;
    this.setState({ isNear });
  }

  private focusWished() {
    if (this.wished === null || !this.state.isNear) return;
    const { row, how } = this.wished;
    this.wished = null;
    const before = this.props.rows.slice(0, row).filter(({ type }) => type === "finding").length;
    const article = this.frame.current?.querySelectorAll("article")[before];
    const title = article?.querySelector<HTMLButtonElement>(".fold");
    if (how === "asked" && title?.ariaExpanded === "false") title.click();
    article?.focus({ preventScroll: true });
    article?.scrollIntoView({ block: blocks[how] });
  }

  private setHeight() {
    const { current } = this.frame;
    if (!current) return;
    current.style.height = this.state.isNear ? "" : `${this.measuredPx ?? this.guessedPx()}px`;
  }

  private guessedPx(): number {
    const { rows, folding } = this.props;
    let height = 0;
    for (const row of rows) {
      if (row.type === "file") height += fileHeadPx;
      else height += folding.isFolded(row.finding.id) ? foldedPx : findingPx;
    }
    return height;
  }
}

/** One observer for all portions. */
export function createNearWatcher(marginPx: number): NearWatcher {
  const listeners = new WeakMap<Element, (isNear: boolean) => void>();
  const observer = new IntersectionObserver(
    (changes) => {
      for (const change of changes) listeners.get(change.target)?.(change.isIntersecting);
    },
    // Named, for around the page as a whole no margin counts in a frame of another origin, which a view of an editor is.
    { root: document, rootMargin: `${marginPx}px 0px` },
  );
  return {
    watch(element, onChange) {
      listeners.set(element, onChange);
      observer.observe(element);
      return () => {
        observer.unobserve(element);
        listeners.delete(element);
      };
    },
  };
}
