/** Checks for conditions, cases and keys that are there twice. */
import type { Node } from "web-tree-sitter";
import { capture, parts, plain, type Check } from "./checkParts.ts";

const IF_TYPES: ReadonlySet<string> = new Set(["if_statement", "if_expression"]);

/** Reports a condition in the chain of `@chain` that an earlier branch already asked for. */
export const repeatedCondition: Check = (captures) => {
  const chain = capture(captures, "chain");
  if (isElseBranch(chain)) return false;
  const seen = new Set<string>();
  const repeated: Node[] = [];
  for (const { key, node } of conditions(chain)) {
    if (seen.has(key)) repeated.push(node);
    else if (!hasEffects(key)) seen.add(key);
  }
  return repeated;
};

function isElseBranch(node: Node): boolean {
  const parent = node.parent;
  if (!parent) return false;
  if (parent.type === "else_clause") return true;
  return IF_TYPES.has(parent.type) && parent.childForFieldName("alternative")?.id === node.id;
}

function* conditions(chain: Node): Generator<{ readonly key: string; readonly node: Node }> {
  let at: Node | null = chain;
  while (at) {
    const condition: Node | null = at.childForFieldName("condition");
    const initializer = at.childForFieldName("initializer");
    if (condition) yield { key: `${initializer ? plain(initializer) : ""};${plain(condition)}`, node: condition };
    const alternatives: Node[] = at.childrenForFieldName("alternative");
    for (const clause of alternatives.filter((one) => one.type === "elif_clause")) {
      const own = clause.childForFieldName("condition");
      if (own) yield { key: `;${plain(own)}`, node: own };
    }
    const last: Node | undefined = alternatives.at(-1);
    const inner: Node | undefined = last?.type === "else_clause" ? parts(last)[0] : last;
    at = inner && IF_TYPES.has(inner.type) ? inner : null;
  }
}

/** Asking twice may well give two answers. */
function hasEffects(condition: string): boolean {
  if (/\+\+|--|[^=!<>]=[^=>]|:=|<-|\bawait\b/.test(condition)) return true;
  if (/\w\s*\(\s*\)/.test(condition)) return true;
  return /\b\w*(next|read|shift|pop|match|eat|accept|consume|advance|peek|test|exec|try|take|skip|parse|expect|scan|random|acquire|lock|increment|insert|remove|delete|add)\w*\s*\(/i.test(
    condition,
  );
}

/** Reports the second of two equal cases of the switch `@cases`. */
export const repeatedCase: Check = (captures) => {
  const seen = new Set<string>();
  return parts(capture(captures, "cases")).flatMap((one) => {
    const value = one.childForFieldName("value");
    if (one.type !== "switch_case" || !value || value.text.includes("(")) return [];
    const key = plain(value);
    if (seen.has(key)) return [value];
    seen.add(key);
    return [];
  });
};

/** Reports the keys of `@object` that a later entry overwrites. */
export const repeatedKey: Check = (captures) => {
  const seen = new Map<string, Node>();
  const repeated: Node[] = [];
  for (const entry of parts(capture(captures, "object"))) {
    // What is spread in between may be what the second one is there to override.
    if (entry.type === "spread_element" || entry.type === "dictionary_splat") seen.clear();
    const key = entry.type === "pair" ? entry.childForFieldName("key") : null;
    const name = key && keyName(key);
    if (!key || name === null) continue;
    const earlier = seen.get(name);
    if (earlier) repeated.push(earlier);
    seen.set(name, key);
  }
  return repeated;
};

/** The key's value where it is known; `a`, `"a"` and `'a'` are one property in JavaScript. */
function keyName(key: Node): string | null {
  if (key.type === "property_identifier" || key.type === "number" || key.type === "integer") return key.text;
  if (key.type !== "string" || key.namedChildren.some((one) => one.type === "interpolation")) return null;
  const quoted = /^[bru]*(["'])(.*)\1$/is.exec(key.text);
  return quoted ? `${/^[br]/i.test(key.text) ? "b" : ""}${quoted[2]}` : null;
}
