/** Checks of what stands around a match: whether it is a test, and whether what looks wrong is dealt with nearby. */
import { ancestors, capture, enclosingFunction, FUNCTIONS, isComment, parts, type Check } from "./checkParts.ts";
import type { Node } from "web-tree-sitter";

const TEST_FILE = new RegExp(
  [
    String.raw`\b(from|require\(|import)\s*["'](node:test|vitest|tap|ava|mocha|supertest|@jest/globals|@playwright/test|bun:test)["']`,
    String.raw`\*testing\.[TBM]\b`,
    String.raw`^\s*(import|from)\s+(unittest|pytest)\b`,
    String.raw`\bimport (static )?org\.(junit|testng)\b`,
    String.raw`\bPHPUnit\\|\bextends (\w*TestCase|CI_TestCase)\b`,
    String.raw`\busing (Xunit|NUnit|Microsoft\.VisualStudio\.TestTools)\b`,
    String.raw`^\s*(RSpec\.)?describe[ (]\s*["'\x60A-Z]`,
    String.raw`\bclass \w+ < (Minitest|Test::Unit|ActiveSupport::TestCase|JekyllUnitTest)`,
  ].join("|"),
  "m",
);

/** Tests talk to themselves with made-up certificates and throw errors away on purpose. */
export const notTest: Check = (_, text) => !isTestText(text);

/** Of the file in hand: each of its matches asks, and looking through a long one takes milliseconds. */
let asked: { readonly text: string; readonly isTest: boolean } | undefined;

export function isTestText(text: string): boolean {
  if (asked?.text !== text) asked = { text, isTest: TEST_FILE.test(text) };
  return asked.isTest;
}

const RETURNS = ["return_statement", "return_expression"];

/**
 * What follows `@finding` is the fallback: `@try` would have returned, or it has set a field or a variable that had
 * another value before and is looked at afterwards. A comment at the end of `@try` says why, too.
 */
export const noFallback: Check = (captures, text) => {
  const guarded = capture(captures, "try");
  const statement = guarded.parent;
  if (!statement || statement.id === guarded.id) return true;
  if (followedBy(statement) && guarded.descendantsOfType(RETURNS).length > 0) return false;
  if (guarded.lastNamedChild && isComment(guarded.lastNamedChild)) return false;
  if (KEPT.test(guarded.text)) return false;
  const around = enclosingFunction(statement);
  const after = text.slice(statement.endIndex, around?.endIndex ?? text.length);
  return !assignedNames(guarded.text).some((name) => mentions(after, name));
};

function followedBy(node: Node): boolean {
  let next = node.nextNamedSibling;
  while (next && isComment(next)) next = next.nextNamedSibling;
  return next !== null;
}

/** A field that keeps its first value when the attempt fails. */
const KEPT = /\b(this|self)\.\w+\s*=(?!=)|(?<![\w.])_\w+\s*=(?![=>])/;

const ASSIGNMENT = /(?<![\w.])(?:const|let|var|my|final|auto)?\s*(?:(?:this|self)[.]|\$)?([A-Za-z_]\w*)\s*=(?![=>])/g;

function assignedNames(code: string): string[] {
  return [...code.matchAll(ASSIGNMENT)].map((match) => match[1]!);
}

function mentions(code: string, name: string): boolean {
  return new RegExp(String.raw`(?<!\w)${name}(?!\w)`).test(code);
}

/** The file is opened up so that it can be removed: Windows asks for that. */
export const notBeforeRemoval: Check = (captures) => {
  for (const one of ancestors(capture(captures, "finding"))) {
    if (!one.type.endsWith("_statement")) continue;
    return !/\b(remove|unlink|rmdir|rmtree|rename|replace)\(|^(raise|func)\b/.test(one.nextNamedSibling?.text ?? "");
  }
  return true;
};

/** `else: name = name` says that another branch is the one that does something. */
export const notElseFiller: Check = (captures) => {
  const block = [...ancestors(capture(captures, "finding"))].find(({ type }) => type === "block");
  const branch = block?.parent;
  if (!block || !branch || parts(block).length > 1) return true;
  return !(/^el(se|if)_clause$/.test(branch.type) || branch.childForFieldName("alternative"));
};

/** Not all that `@finding`'s function waits for is within a `try` that ends in any case, by `catch` or `finally`. */
export const notWhollyTried: Check = (captures) => {
  const waiting = parts(capture(captures, "body")).filter((one) => /\bawait\b/.test(one.text));
  return waiting.length === 0 || !waiting.every((one) => one.type === "try_statement" && parts(one).length > 1);
};

const OPTED = /insecure|verif|unsafe|trust|self_?signed|skip|no_?check|allow_?invalid|ignore_?(ssl|tls|cert)/i;

/** No `if` around it asks whether that is wanted. */
export const notOptedIn: Check = (captures) => {
  for (const one of ancestors(capture(captures, "finding"))) {
    const condition = /^if(_statement|_expression|_modifier)?$/.test(one.type) && one.childForFieldName("condition");
    if (condition && OPTED.test(condition.text)) return false;
  }
  return true;
};

/** There is nothing in the text that switches the check off anyway: one finding says it. */
export const onlyHostname: Check = (_, text) => !text.includes("CERT_NONE");

const JUMPS = ["return_statement", "break_statement", "continue_statement"];

/** Reports what leaves `@finding`, a `finally`: jumps that do not end in a loop, switch or function of its own. */
export const leavesFinally: Check = (captures) => {
  const clause = capture(captures, "finding");
  return clause.descendantsOfType(JUMPS).filter((jump) => leaves(jump, clause));
};

/** No handler before the `finally` around `@finding` has caught everything: there may be an error to drop. */
export const errorUnderWay: Check = (captures) => {
  const clause = [...ancestors(capture(captures, "finding"))].find(({ type }) => type === "finally_clause");
  return !parts(clause!.parent!).some(catchesAll);
};

const CATCHES_ALL =
  /^except\s*(:|\(?[^:\n]*\b(BaseException|Exception)\b)|^catch\s*(\{|\(\s*[\w$]+\s*(:[^)]*)?\)|\([^)]*\b(Exception|Throwable)\s+\w+\s*\))/;

/** Handles whatever is thrown and throws nothing itself. */
function catchesAll(handler: Node): boolean {
  if (!/^(except|catch)_clause$/.test(handler.type) || !CATCHES_ALL.test(handler.text)) return false;
  return !/\b(raise|throw)\b/.test(handler.text);
}

function leaves(jump: Node, clause: Node): boolean {
  for (const one of ancestors(jump)) {
    if (one.id === clause.id) return true;
    if (FUNCTIONS.test(one.type)) return false;
    if (jump.type !== "return_statement" && /^(for|while|do|switch|enhanced_for|for_in)_/.test(one.type)) return false;
  }
  return false;
}

/** Nothing is done with what `@call` gives. */
export const resultUnused: Check = (captures) => {
  let around = capture(captures, "call").parent;
  while (around && /^(await|unary)_expression$/.test(around.type)) around = around.parent;
  return around?.type === "expression_statement";
};

/** The loop's `@name` stands in `@body`. */
export const usesName: Check = (captures) => {
  const name = capture(captures, "name").text;
  return new RegExp(String.raw`(?<![\w.])${name}(?![\w=])`).test(capture(captures, "body").text);
};

/** `@target` is an array that the function declares with a size, and nobody has asked before how long the text is. */
export const fixedArray: Check = (captures, text) => {
  const around = enclosingFunction(capture(captures, "finding"));
  if (!around) return false;
  const name = capture(captures, "target").text;
  const before = text.slice(around.startIndex, capture(captures, "finding").startIndex);
  const declared = new RegExp(String.raw`\bchar\s+(?:[^;()]*,\s*)?${name}\s*\[[^\]]+\]`).test(before);
  return declared && !/\b(strlen|strnlen|sizeof)\b/.test(before);
};

/** A `switch` arm's expression is what the switch gives. */
export const notYielded: Check = (captures) =>
  ![...ancestors(capture(captures, "finding"))].slice(0, 2).some(({ type }) => type === "switch_rule");

/** The name `Loader` and `load` are PyYAML's own here: neither ruamel's nor a safe loader under another name. */
export const pyYamlLoader: Check = (_, text) =>
  !/\bruamel\b|class Loader\([^)]*SafeLoader\)|SafeLoader as \w*Loader\b|\bLoader\s*=\s*(yaml\.)?C?SafeLoader\b/.test(
    text,
  );
