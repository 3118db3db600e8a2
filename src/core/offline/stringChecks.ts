/** Checks of strings that are put together: which parts are written there, and whether it is SQL. */
import type { Node } from "web-tree-sitter";
import { capture, enclosingFunction, parts, type Check } from "./checkParts.ts";

/** Stands for a part of a string that is not written there (the object replacement character). */
const HOLE = "\uFFFC";

const SQL =
  /^\s*(SELECT\s[\s\S]*\sFROM\s|INSERT\s+(IGNORE\s+|OR\s+\w+\s+)?INTO\s|REPLACE\s+INTO\s|UPDATE\s[\s\S]*\sSET\s|DELETE\s+FROM\s)/i;
/** A value stands where a placeholder belongs; names of tables and columns cannot be bound. */
const SQL_VALUE = /(=|<|>|\bLIKE|\bIN\s*\(|\bVALUES\s*\([^)]*|\bLIMIT|\bOFFSET|\bBETWEEN|\bAND)\s*['"%(]*\uFFFC(?!\w)/i;

/** `@sql` is a statement put together from parts, with a value among them. */
export const sqlValue: Check = (captures, text) => {
  const node = capture(captures, "sql");
  return isBuiltSql(joinedText(node, (hole) => isMadeHarmless(hole, text))) && [node];
};

function isBuiltSql(statement: string): boolean {
  return SQL.test(statement) && SQL_VALUE.test(statement);
}

const LITERALS =
  /^(string|template_string|string_literal|interpreted_string_literal|raw_string_literal|concatenated_string|text_block|encapsed_string|interpolated_string_expression)$/;
const HOLES = /^(template_substitution|interpolation)$/;
/** What PHP has in a string between its variables. */
const WRITTEN = /^(string_content|escape_sequence)$/;
const CONCATENATIONS = /^(binary_expression|binary_operator|parenthesized_expression)$/;

/** The string that an expression makes, with HOLE for every part that is not written there. */
function joinedText(expression: Node, isKnown: (hole: Node) => boolean = () => false): string {
  let text = "";
  const waiting = [expression];
  while (waiting.length > 0) {
    const node = waiting.pop()!;
    if (LITERALS.test(node.type)) text += literalText(node, isKnown);
    else if (isArithmetic(node) || isChoiceOfLiterals(node)) text += "?";
    else if (CONCATENATIONS.test(node.type)) waiting.push(...parts(node).toReversed());
    // A constant's name, a list of placeholders: nobody outside can fill those.
    else text += isHarmless(node.text) || isKnown(node) ? "?" : HOLE;
  }
  return text;
}

/** The parts of a string that are not written there and not harmless by their look. */
export function openParts(expression: Node): Node[] {
  const open: Node[] = [];
  joinedText(expression, (hole) => open.push(hole) > 0);
  return open;
}

const NUMBERS = /^(number|integer|float|int_literal|integer_literal|decimal_integer_literal|float_literal)$/;

/** A sum is a number, whatever is summed. */
function isArithmetic(node: Node): boolean {
  if (!/^binary_(expression|operator)$/.test(node.type)) return false;
  if (/^[-*/]$/.test(node.childForFieldName("operator")?.text ?? "")) return true;
  return parts(node).some((one) => NUMBERS.test(one.type)) && !/["'`]/.test(node.text);
}

const isWritten = (node: Node) =>
  NUMBERS.test(node.type) || (LITERALS.test(node.type) && !joinedText(node).includes(HOLE));

/** `isOn ? "1" : "NULL"` */
function isChoiceOfLiterals(node: Node): boolean {
  const choice = node.type === "parenthesized_expression" ? parts(node)[0] : node;
  if (!choice || !/^(conditional|ternary)_expression$/.test(choice.type)) return false;
  return parts(choice).slice(-2).every(isWritten);
}

function literalText(node: Node, isKnown: (hole: Node) => boolean): string {
  const isHole =
    node.type === "encapsed_string" ? (one: Node) => !WRITTEN.test(one.type) : (one: Node) => HOLES.test(one.type);
  const holes = node.namedChildren.filter(isHole);
  let text = "";
  let at = node.startIndex;
  for (const hole of holes) {
    text += node.text.slice(at - node.startIndex, hole.startIndex - node.startIndex);
    text += isHarmless(hole.text) || isKnown(hole) ? "?" : HOLE;
    at = hole.endIndex;
  }
  text += node.text.slice(at - node.startIndex);
  return text.replace(/^[a-z$@]{0,2}(["'`]{3}|["'`])/i, "").replace(/(["'`]{3}|["'`])$/, "");
}

const HARMLESS = [
  // A constant's name, a number.
  /^[${\s]*([A-Z][A-Z0-9_.]*|\d+|.*\.length|len\(.*\)|\((int|float)\).*)[}\s]*$/s,
  // Names of tables and columns cannot be bound; a limit is a number.
  /^[${\s]*[\w.$>-]*(limit|offset|schema|prefix|table|columns?|database|keyspace|sql|clause|slots|conditions?)[}\s]*$/i,
  /^[${\s]*(limit|offset|sql|table|column)\w*[}\s]*$/i,
  /\w*(place_?holder|questionMark|bindVar)\w*/i,
  /\b(join|implode|str_repeat|repeat)\(/i,
  /\b(escape\w*|quote\w*|Number|parseInt|int|intval|float|floatval)\(/i,
];

const isHarmless = (text: string) => HARMLESS.some((pattern) => pattern.test(text));

/** `self.settings["schema"]` is called by its last word. */
const lastWord = (code: string) => /(\w+)\W*$/.exec(code)?.[1] ?? code;

const namedHole = (hole: string) => (isHarmless(hole) ? "?" : HOLE);

/** As sqlValue for a format string: `%s`, `{}` and `{name}` are the values. */
export const sqlFormat: Check = (captures) => {
  const node = capture(captures, "sql");
  const values = captures.get("values");
  if (values && parts(values).length > 0 && parts(values).every((one) => isHarmless(lastWord(one.text)))) return false;
  return isBuiltSql(joinedText(node).replace(/%(\(\w+\))?[svq]|\{[^}\d]*\}/g, namedHole)) && [node];
};

/** `@finding`'s string has a part that is not written there. */
export const composed: Check = (captures) => joinedText(capture(captures, "text")).includes(HOLE);

/** `@finding` is not a string that stands there in full. */
export const notLiteral: Check = (captures) => {
  const node = capture(captures, "text");
  return !LITERALS.test(node.type) || joinedText(node).includes(HOLE);
};

/** What makes text of parts, by how its code begins; escaped parts and constants are harmless. */
const COMPOSES =
  /^(["'][^"'\n]*["'](\.to_string\(\))?\s*[+.]\s*[$a-z_]|f["'].*\{|`[^`]*\$\{|"[^"\n]*(#\{|\{?\$[a-z])|&?format!\(|String\.format\(|fmt\.Sprintf\()/;

/** The variable `@text` was last given a text made of parts, in the same function. */
export const composedBefore: Check = (captures, text) => {
  const value = lastValue(capture(captures, "text"), text);
  return COMPOSES.test(value) && !/escape|quote|Shellwords/i.test(value);
};

/** What the variable was last given before it is used, to the end of that line; empty when it was given nothing. */
function lastValue(variable: Node, text: string): string {
  const [, sigil, name] = /^[&{(#\s]*([$]?)\{?(\w+)\W*$/.exec(variable.text) ?? [];
  if (name === undefined) return "";
  const before = text.slice(enclosingFunction(variable)?.startIndex ?? 0, variable.startIndex);
  // `WHERE id = ${id}` gives nothing: it is part of the text.
  const given = new RegExp(
    String.raw`(?<![\w.>$])${sigil === "$" && !variable.text.startsWith("${") ? "[$]" : ""}${name}\s*(?::\s*\w+\s*)?:?=(?![=>])\s*([^\s{$%].*)`,
    "g",
  );
  return [...before.matchAll(given)].at(-1)?.[1] ?? "";
}

const MADE_HARMLESS =
  /escape|quote|\b(intval|parseInt|Number|int|float|floatval|md5|sha1|hash|time)\(|^\((int|float)\)|["'`]\?["'`]|^\d+;?$/i;

/** A value that was escaped, made a number or a row of question marks. */
export const makesHarmless = (value: string) => MADE_HARMLESS.test(value);

const isMadeHarmless = (hole: Node, text: string) => makesHarmless(lastValue(hole, text));
