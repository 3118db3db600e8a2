/** Checks of whether what looks like a slip is a known way of saying something. */
import type { Node } from "web-tree-sitter";
import { ancestors, capture, enclosingFunction, parts, plain, type Check } from "./checkParts.ts";

const ESCAPED = /[.*+?^${}()|[\]\\]/g;
const quoted = (text: string) => text.replaceAll(ESCAPED, String.raw`\$&`);

/** The value's own stand-in for "nothing": `kind = card.get("kind", 0)`, `def f(kind=0)`. */
function standsForNothing(name: string, literal: string, code: string): boolean {
  const word = String.raw`(?<![\w.])${quoted(name)}`;
  const value = String.raw`${quoted(literal)}(?![\w.])`;
  return new RegExp(
    String.raw`${word}\s*(?::[^=,()\n]{1,60})?=(?!=)\s*(?:${value}|[^\n]{0,200},\s*${value}\s*\)\s*$)`,
    "m",
  ).test(code);
}

/**
 * The number `@literal` is not what the function itself gave the compared value to say that there is none, nor told apart
 * from False and None in the same condition.
 */
export const notSentinel: Check = (captures, text) => {
  const finding = capture(captures, "finding");
  const literal = capture(captures, "literal").text;
  const compared = parts(finding).find((one) => one.text !== literal)?.text ?? "";
  const around = enclosingFunction(finding);
  const code = text.slice(around?.startIndex ?? 0, finding.startIndex);
  if (/^[\w.]+$/.test(compared) && standsForNothing(compared, literal, code)) return false;
  return !/\b(False|True|None)\b/.test(wholeCondition(finding).text);
};

function wholeCondition(node: Node): Node {
  let whole = node;
  for (const one of ancestors(node)) {
    if (!/^(boolean_operator|not_operator|parenthesized_expression)$/.test(one.type)) break;
    whole = one;
  }
  return whole;
}

const CONSTANT = /^(string|string_literal|number|number_literal|true|false|null|undefined|null_literal|char_literal)$/;

/** What `@finding` assigns can only be meant as a comparison: a constant, or a name whose copy the branch never reads. */
export const notAssignAndTest: Check = (captures) => {
  const assigned = capture(captures, "finding");
  const right = assigned.childForFieldName("right");
  if (!right) return false;
  if (CONSTANT.test(right.type)) return true;
  if (right.type !== "identifier") return false;
  const branch = [...ancestors(assigned)]
    .find((one) => one.type === "if_statement" || one.type === "while_statement")
    ?.childForFieldName("consequence");
  const name = plain(assigned.childForFieldName("left") ?? assigned);
  return !new RegExp(String.raw`(?<![\w.])${quoted(name)}(?!\w)`).test(branch?.text ?? "");
};

const operator = (node: Node | null) => node?.childForFieldName("operator")?.text ?? "";

/** `x and x or y`: an old way of giving a value to fall back on. */
export const notFallbackIdiom: Check = (captures) => {
  const finding = capture(captures, "finding");
  const around = finding.parent;
  return !(
    /^(and|&&)$/.test(operator(finding)) &&
    /^(or|\|\|)$/.test(operator(around)) &&
    around?.childForFieldName("left")?.id === finding.id
  );
};
