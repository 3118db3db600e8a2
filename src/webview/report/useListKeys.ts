import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { openPlace, post } from "../common/host.ts";
import type { ReportFinding } from "../../shared/panelProtocol.ts";
import { type FocusPlace, type KeyAction, keyAction } from "./keyAction.ts";
import type { ListWish } from "./listWish.ts";
import { type ReportRows, rowOfPosition } from "./reportRows.ts";

export interface ListKeysOptions {
  readonly shown: ReportRows;
  readonly search: { readonly current: HTMLInputElement | null };
  /** Whether keys without Ctrl mean something. */
  readonly singleKeys: boolean;
  /** What the search field holds. */
  readonly text: string;
  /** What is listed was searched for this. */
  readonly searched: string;
  readonly clearText: () => void;
  readonly toggleKeys: () => void;
  readonly onCopied: () => void;
  /** Brings a row on screen with focus. */
  readonly reveal: (row: number) => void;
  readonly setFolded: (finding: ReportFinding, isFolded: boolean) => void;
}

/** The search was left, and its whole list is on its way. */
interface Return {
  /** Steps from where one came from, as asked for meanwhile. */
  readonly by: -1 | 0 | 1;
}

/**
 * Keys of the list. They move the focus from finding to finding, and so need no state of their own but the finding that
 * had it last.
 *
 * @returns to be told of what in the list gets the focus
 */
export function useListKeys(options: ListKeysOptions): (event: FocusEvent) => void {
  const newest = useRef(options);
  newest.current = options;
  const last = useRef<ListWish | null>(null);
  const returning = useRef<Return | null>(null);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { search, singleKeys } = newest.current;
      const action = event.defaultPrevented ? null : keyAction(event, focusPlace(search.current), singleKeys);
      if (action && act(action, newest.current, last, returning)) event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);

  // The search is cleared and the list whole again: back to where one came from, unless one went elsewhere meanwhile.
  useEffect(() => {
    if (!returning.current || options.searched !== "") return;
    const { by } = returning.current;
    returning.current = null;
    if (focusPlace(options.search.current) !== "elsewhere") return;
    if (by === 0) goBack(options, last.current);
    else step(by, options, last.current);
  }, [options.shown]);

  return (event) => {
    const finding = findingOf(event.target, newest.current.shown);
    if (finding) last.current = { path: finding.path, id: finding.id };
  };
}

/** Whether the key was used. */
function act(
  action: KeyAction,
  options: ListKeysOptions,
  last: RefObject<ListWish | null>,
  returning: RefObject<Return | null>,
): boolean {
  const { shown, search, reveal, toggleKeys } = options;
  const finding = findingOf(document.activeElement, shown);
  switch (action) {
    case "search":
      search.current?.focus();
      search.current?.select();
      return true;
    case "leave-search":
      // The field is left at once, also where the whole list takes a moment: the next key is no letter any more.
      search.current?.blur();
      if (options.searched === "" && options.text === "") goBack(options, last.current);
      else returning.current = { by: 0 };
      options.clearText();
      return true;
    case "first-match":
      if (shown.findings > 0) reveal(rowOfPosition(shown.rows, 1));
      return true;
    case "next":
      return stepOrWait(1, options, last.current, returning);
    case "previous":
      return stepOrWait(-1, options, last.current, returning);
    case "open":
      if (finding) openPlace(finding.path, finding.startLine, finding.startColumn);
      return finding !== null;
    case "fold":
    case "unfold":
      if (finding) options.setFolded(finding, action === "fold");
      return finding !== null;
    case "copy":
      if (!finding) return false;
      post({ type: "copy", path: finding.path, id: finding.id });
      options.onCopied();
      return true;
    case "keys":
      toggleKeys();
      return true;
  }
}

/** While the whole list is on its way there is nothing to walk yet; the step is taken when it is there. */
function stepOrWait(
  by: 1 | -1,
  options: ListKeysOptions,
  last: ListWish | null,
  returning: RefObject<Return | null>,
): boolean {
  if (!returning.current) return step(by, options, last);
  returning.current = { by };
  return true;
}

function step(by: 1 | -1, { shown, reveal }: ListKeysOptions, last: ListWish | null): boolean {
  const from = positionOf(articleOf(document.activeElement)) ?? positionOfLast(shown, last);
  const to = from === null ? (positionOnScreen() ?? 1) : from + by;
  if (to < 1 || to > shown.findings) return false;
  reveal(rowOfPosition(shown.rows, to));
  return true;
}

function goBack({ shown, reveal }: ListKeysOptions, last: ListWish | null): void {
  const position = positionOfLast(shown, last);
  if (position !== null) reveal(rowOfPosition(shown.rows, position));
}

function focusPlace(search: HTMLInputElement | null): FocusPlace {
  const { activeElement } = document;
  if (activeElement !== null && activeElement === search) return "search";
  // A checkbox takes no text, yet what its keys do is its own affair but for letters.
  if (activeElement?.matches("select, textarea, [contenteditable], input:not([type=checkbox])")) return "field";
  return activeElement?.matches("article") ? "finding" : "elsewhere";
}

function articleOf(target: unknown): Element | null {
  return target instanceof Element ? target.closest("article") : null;
}

/** 1-based, among the findings that are listed. */
function positionOf(article: Element | null): number | null {
  return article?.ariaPosInSet ? Number(article.ariaPosInSet) : null;
}

function findingOf(target: unknown, { rows }: ReportRows): ReportFinding | null {
  const position = positionOf(articleOf(target));
  const row = position === null ? undefined : rows[rowOfPosition(rows, position)];
  return row?.type === "finding" ? row.finding : null;
}

function positionOfLast({ rows }: ReportRows, last: ListWish | null): number | null {
  if (!last) return null;
  let position = 0;
  for (const row of rows) {
    if (row.type !== "finding") continue;
    position += 1;
    if (row.finding.id === last.id && row.finding.path === last.path) return position;
  }
  return null;
}

/** Of the first finding whose title can be seen. */
function positionOnScreen(): number | null {
  const toolsPx = document.querySelector(".tools")?.getBoundingClientRect().bottom ?? 0;
  const articles = [...document.querySelectorAll("article")];
  return positionOf(articles.find((article) => article.getBoundingClientRect().top >= toolsPx) ?? null);
}
