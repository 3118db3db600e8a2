/** Checks of Python's default arguments, which all calls share. */
import type { Node } from "web-tree-sitter";
import { ancestors, capture, enclosingFunction, type Check } from "./checkParts.ts";

const MUTATORS =
  "append|add|update|extend|insert|pop|popitem|remove|discard|clear|setdefault|sort|reverse|appendleft|extendleft|__setitem__";

/** The function changes its argument `@name`, hands it out or keeps it. */
export const mutatesParameter: Check = (captures) => {
  const name = capture(captures, "name").text;
  // Kept between calls on purpose.
  if (/^_|cache|memo/i.test(name)) return false;
  const body = enclosingFunction(capture(captures, "name"))?.childForFieldName("body");
  if (!body) return false;
  const id = escapeRegExp(name);
  // Bound to something new first: the shared default is never touched.
  if (new RegExp(`(^|\\n)\\s*${id}\\s*=[^=]`).test(body.text)) return false;
  const changes = new RegExp(
    `(?<![\\w.])${id}\\s*(\\.(${MUTATORS})\\(|\\[[^\\]\\n]*\\]\\s*([-+*/|&]|//)?=[^=]|[+|]=)|\\bself\\.\\w+\\s*=\\s*${id}\\s*(\\n|$|#)|\\breturn ${id}\\s*(\\n|$|#)|\\bdel ${id}\\[`,
    "g",
  );
  return [...body.text.matchAll(changes)].some(({ index }) => !underEntryOf(body, index, name));
};

/**
 * The function itself changes its argument `@name`, or keeps it where its class changes it. What is merely kept or handed
 * out is shared as well, but mostly read alone.
 */
export const changesDefault: Check = (captures) => {
  const name = capture(captures, "name").text;
  const around = enclosingFunction(capture(captures, "name"));
  const body = around?.childForFieldName("body");
  if (!around || !body) return false;
  const found = [...body.text.matchAll(changeOf(escapeRegExp(name)))];
  if (found.some(({ index }) => !underEntryOf(body, index, name))) return true;
  const holder = [...ancestors(around)].find(({ type }) => type === "class_definition");
  const kept = [
    ...body.text.matchAll(new RegExp(String.raw`\bself\.(\w+)\s*=\s*${escapeRegExp(name)}\s*(\n|$|#)`, "g")),
  ];
  return kept.some(([, member]) => changeOf(String.raw`self\.${member!}`).test(holder?.text ?? ""));
};

const changeOf = (id: string) =>
  new RegExp(
    `(?<![\\w.])${id}\\s*(\\.(${MUTATORS})\\(|\\[[^\\]\\n]*\\]\\s*([-+*/|&]|//)?=[^=]|[+|]=)|\\bdel ${id}\\[`,
    "g",
  );

/** An `if` around it holds only when the argument has an entry: the shared default never has one. */
function underEntryOf(body: Node, index: number, name: string): boolean {
  const id = escapeRegExp(name);
  const asksEntry = new RegExp(`^(${id}\\.get\\(["'][^"']*["']\\)|["'][^"']*["'] in ${id})$`);
  for (const one of ancestors(body.descendantForIndex(body.startIndex + index)!)) {
    if (one.id === body.id) return false;
    const asks = one.type === "if_statement" && asksEntry.test(one.childForFieldName("condition")?.text ?? "");
    const then = one.childForFieldName("consequence");
    if (asks && then && index < then.endIndex - body.startIndex) return true;
  }
  return false;
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
