import { expect, test } from "vitest";
import { keyAction, type PressedKey } from "../../../src/webview/report/keyAction.ts";

const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, isComposing: false };
const press = (key: string, changes: Partial<PressedKey> = {}): PressedKey => ({ ...plain, key, ...changes });

test("letters walk the list and open, copy and search", () => {
  const meant = ["j", "k", "/", "c", "?", "x"].map((key) => keyAction(press(key), "elsewhere", true));
  expect(meant).toEqual(["next", "previous", "search", "copy", "keys", null]);
});

test("arrows and Enter belong to a finding that has the focus; elsewhere they scroll and press", () => {
  const keys = ["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Enter"];
  const meant = keys.map((key) => keyAction(press(key), "finding", true));
  expect(meant).toEqual(["next", "previous", "fold", "unfold", "open"]);
  for (const key of keys) expect(keyAction(press(key), "elsewhere", true)).toBeNull();
});

test("in a field what is typed is typed", () => {
  for (const key of ["j", "k", "c", "?", "/", "ArrowDown"]) {
    expect(keyAction(press(key), "search", true)).toBeNull();
    expect(keyAction(press(key), "field", true)).toBeNull();
  }
  expect(keyAction(press("Escape"), "search", true)).toBe("leave-search");
  expect(keyAction(press("Enter"), "search", true)).toBe("first-match");
  expect(keyAction(press("Escape"), "field", true)).toBeNull();
  expect(keyAction(press("Escape", { isComposing: true }), "search", true)).toBeNull();
});

test("Ctrl+F and Cmd+F search from anywhere, other combinations are the editor's", () => {
  for (const place of ["search", "field", "finding", "elsewhere"] as const) {
    expect(keyAction(press("f", { ctrlKey: true }), place, true)).toBe("search");
    expect(keyAction(press("F", { metaKey: true }), place, false)).toBe("search");
    expect(keyAction(press("f", { ctrlKey: true, shiftKey: true }), place, true)).toBeNull();
    expect(keyAction(press("c", { ctrlKey: true }), place, true)).toBeNull();
    expect(keyAction(press("j", { altKey: true }), place, true)).toBeNull();
  }
});

test("letters that are switched off mean nothing; what a focused finding takes stays", () => {
  for (const key of ["j", "k", "c", "?", "/"]) expect(keyAction(press(key), "finding", false)).toBeNull();
  expect(keyAction(press("Enter"), "finding", false)).toBe("open");
});

test("names of an object's own machinery are no keys", () => {
  for (const key of ["constructor", "__proto__", "toString"]) {
    expect(keyAction(press(key), "finding", true)).toBeNull();
  }
});
