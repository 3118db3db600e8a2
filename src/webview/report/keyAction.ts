/** What a key means in the report. Pure: where the focus is decides, and in a field letters are letters. */

export type KeyAction =
  | "search"
  | "leave-search"
  | "first-match"
  | "next"
  | "previous"
  | "open"
  | "copy"
  | "fold"
  | "unfold"
  | "keys";

/** `finding`: the finding as a whole has the focus; `field`: something that takes text or a choice. */
export type FocusPlace = "search" | "field" | "finding" | "elsewhere";

export type PressedKey = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "isComposing">;

const everywhere: Readonly<Record<string, KeyAction>> = {
  "/": "search",
  j: "next",
  k: "previous",
  c: "copy",
  "?": "keys",
};

const onFinding: Readonly<Record<string, KeyAction>> = {
  ArrowDown: "next",
  ArrowUp: "previous",
  ArrowLeft: "fold",
  ArrowRight: "unfold",
  Enter: "open",
};

const inSearch: Readonly<Record<string, KeyAction>> = { Escape: "leave-search", Enter: "first-match" };

/** @param singleKeys whether keys without Ctrl mean something wherever the focus is */
export function keyAction(pressed: PressedKey, place: FocusPlace, singleKeys: boolean): KeyAction | null {
  const { key, ctrlKey, metaKey, altKey, shiftKey, isComposing } = pressed;
  if (isComposing || altKey) return null;
  if (ctrlKey !== metaKey) return key.toLowerCase() === "f" && !shiftKey ? "search" : null;
  if (ctrlKey) return null;
  if (place === "search") return own(inSearch, key);
  if (place === "field") return null;
  return (place === "finding" ? own(onFinding, key) : null) ?? (singleKeys ? own(everywhere, key) : null);
}

function own(actions: Readonly<Record<string, KeyAction>>, key: string): KeyAction | null {
  return Object.hasOwn(actions, key) ? actions[key]! : null;
}
