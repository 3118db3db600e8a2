/**
 * What a pattern alone cannot tell. A check gets the match's captures by name and says whether the match stands;
 * it may also name the nodes to report instead of `@finding`.
 */
import type { Node } from "web-tree-sitter";

export type Captures = ReadonlyMap<string, Node>;
export type Check = (captures: Captures, text: string) => boolean | readonly Node[];

const capture = (captures: Captures, name: string): Node => {
  const node = captures.get(name);
  if (!node) throw new Error(`A check needs the capture @${name}.`);
  return node;
};

/** The code without layout and comments' outer white space, for comparing two pieces. */
const plain = (node: Node) => node.text.replace(/\s+/g, " ").trim();

const COMMENTS: ReadonlySet<string> = new Set(["comment", "line_comment", "block_comment"]);
const isComment = (node: Node) => COMMENTS.has(node.type);

/** Named children but for comments. */
function parts(node: Node): Node[] {
  return node.namedChildren.filter((child) => !isComment(child));
}

/** The enclosing nodes, nearest first. */
function* ancestors(node: Node): Generator<Node> {
  for (let at = node.parent; at; at = at.parent) yield at;
}

const FUNCTIONS =
  /^(function_declaration|function_expression|arrow_function|method_definition|generator_function(_declaration)?|function_definition|lambda|method_declaration|constructor_declaration|lambda_expression|func_literal|function_item|closure_expression|local_function_statement|anonymous_function|method|singleton_method)$/;

function enclosingFunction(node: Node): Node | undefined {
  for (const one of ancestors(node)) if (FUNCTIONS.test(one.type)) return one;
  return undefined;
}

/** Text and everything up to the end of the line after it. */
function withRestOfLine(node: Node, text: string): string {
  const end = text.indexOf("\n", node.endIndex);
  return text.slice(node.startIndex, end === -1 ? text.length : end);
}

// A closing step that fails changes nothing for who called it: ignoring that is common and harmless.
const CLEANUP =
  /\b\w*(close|unlink|rm|rmdir|remove|delete|dispose|destroy|kill|terminate|cleanup|clean|clear|release|revoke|shutdown|stop|cancel|abort|disconnect|unsubscribe|unwatch|detach|flush|end|quit|exit|unref|restore|reset)(sync)?\w*\s*\(/i;

/** `@try` does more than cleaning up. */
const notCleanup: Check = (captures) => {
  const guarded = capture(captures, "try");
  const statements = /^(statement_)?block$/.test(guarded.type) ? parts(guarded) : [guarded];
  return !(statements.length <= 2 && statements.every((one) => CLEANUP.test(one.text.slice(0, 300))));
};

/** Nothing between `@finding` and the end of its last line explains it. */
const noComment: Check = (captures, text) =>
  !/#|\/\/|\/\*/.test(withRestOfLine(capture(captures, "finding"), text).replace(/(["'`]).*?\1/g, ""));

/** `@a` and `@b` are the same code, and there is some. */
const sameCode: Check = (captures) => {
  const [a, b] = [capture(captures, "a"), capture(captures, "b")];
  return a.endIndex - a.startIndex > 2 && parts(a).length > 0 && plain(a) === plain(b);
};

/** As sameCode, for bare expressions. */
const sameExpression: Check = (captures) => plain(capture(captures, "a")) === plain(capture(captures, "b"));

/** `@a` can be evaluated twice without a difference: no calls, no counting up. */
const pure: Check = (captures) => !/\(|\+\+|--|\bawait\b|\byield\b|<-/.test(capture(captures, "a").text);

/** `x != x` asks for NaN, and so does its opposite. */
const notNanIdiom: Check = (captures) => {
  const operator = capture(captures, "operator").text;
  return !/^[!=]==?$/.test(operator) || !/^[\w.$[\]]+$/.test(capture(captures, "a").text);
};

const HOISTED =
  /^(function_declaration|generator_function_declaration|interface_declaration|type_alias_declaration|ambient_declaration|function_signature|empty_statement|labeled_statement|import_statement|export_statement|local_function_statement|switch_section|case_statement|preproc_\w+|declaration)$/;

/** Reports the statement behind `@jump`, which nothing reaches. */
const afterJump: Check = (captures) => {
  const jump = capture(captures, "jump");
  let next = jump.nextNamedSibling;
  while (next && isComment(next)) next = next.nextNamedSibling;
  if (!next || HOISTED.test(next.type)) return false;
  // `case 1: return x; break;` is a habit that harms nobody.
  if (next.type === "break_statement") return false;
  if (next.type === "variable_declaration" && !next.text.includes("=")) return false;
  // `return` before `yield` makes an empty generator; a lone string is a note.
  if (/^yield\b/.test(next.text) || (next.type === "expression_statement" && next.firstNamedChild?.type === "string")) {
    return false;
  }
  return [next];
};

const MUTATORS =
  "append|add|update|extend|insert|pop|popitem|remove|discard|clear|setdefault|sort|reverse|appendleft|extendleft|__setitem__";

/** The function changes its argument `@name`, hands it out or keeps it. */
const mutatesParameter: Check = (captures) => {
  const name = capture(captures, "name").text;
  // Kept between calls on purpose.
  if (/^_|cache|memo/i.test(name)) return false;
  const body = enclosingFunction(capture(captures, "name"))?.childForFieldName("body")?.text ?? "";
  const id = escapeRegExp(name);
  // Bound to something new first: the shared default is never touched.
  if (new RegExp(`(^|\\n)\\s*${id}\\s*=[^=]`).test(body)) return false;
  return new RegExp(
    `(?<![\\w.])${id}\\s*(\\.(${MUTATORS})\\(|\\[[^\\]\\n]*\\]\\s*([-+*/|&]|//)?=[^=]|[+|]=)|\\bself\\.\\w+\\s*=\\s*${id}\\s*(\\n|$|#)|\\breturn ${id}\\s*(\\n|$|#)|\\bdel ${id}\\[`,
  ).test(body);
};

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}

const IF_TYPES: ReadonlySet<string> = new Set(["if_statement", "if_expression"]);

/** Reports a condition in the chain of `@chain` that an earlier branch already asked for. */
const repeatedCondition: Check = (captures) => {
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
const repeatedCase: Check = (captures) => {
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
const repeatedKey: Check = (captures) => {
  const seen = new Map<string, Node>();
  const repeated: Node[] = [];
  for (const entry of parts(capture(captures, "object"))) {
    // What is spread in between may be what the second one is there to override.
    if (entry.type === "spread_element" || entry.type === "dictionary_splat") seen.clear();
    const key = entry.type === "pair" ? entry.childForFieldName("key") : null;
    const name = key && keyName(key);
    if (!key || name === null) continue;
    if (seen.has(name)) repeated.push(key);
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

const SECURITY = /passw|secret|\btoken|[a-z]Token|signature|\bsign\(|credential|\bauth(?!or)|hmac|nonce|api_?key/i;

/** Passwords, tokens or signatures are at stake around `@finding`: elsewhere a fast hash is a fine checksum. */
const nearSecrets: Check = (captures, text) => {
  const finding = capture(captures, "finding");
  const around = enclosingFunction(finding);
  const name = around?.childForFieldName("name")?.text ?? "";
  const start = Math.max(around?.startIndex ?? 0, finding.startIndex - 250);
  const end = Math.min(around?.endIndex ?? text.length, finding.endIndex + 250);
  return SECURITY.test(`${name} ${text.slice(start, end)}`);
};

/** Stands for a part of a string that is not written there (the object replacement character). */
const HOLE = "\uFFFC";

const SQL =
  /^\s*(SELECT\s[\s\S]*\sFROM\s|INSERT\s+(IGNORE\s+|OR\s+\w+\s+)?INTO\s|REPLACE\s+INTO\s|UPDATE\s[\s\S]*\sSET\s|DELETE\s+FROM\s)/i;
/** A value stands where a placeholder belongs; names of tables and columns cannot be bound. */
const SQL_VALUE = /(=|<|>|\bLIKE|\bIN\s*\(|\bVALUES\s*\([^)]*|\bLIMIT|\bOFFSET|\bBETWEEN|\bAND)\s*['"%(]*\uFFFC(?!\w)/i;

/** `@sql` is a statement put together from parts, with a value among them. */
const sqlValue: Check = (captures) => {
  const node = capture(captures, "sql");
  return isBuiltSql(joinedText(node)) && [node];
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
function joinedText(expression: Node): string {
  let text = "";
  const waiting = [expression];
  while (waiting.length > 0) {
    const node = waiting.pop()!;
    if (LITERALS.test(node.type)) text += literalText(node);
    else if (CONCATENATIONS.test(node.type)) waiting.push(...parts(node).toReversed());
    // A constant's name, a list of placeholders: nobody outside can fill those.
    else text += isHarmless(node.text) ? "?" : HOLE;
  }
  return text;
}

function literalText(node: Node): string {
  const isHole =
    node.type === "encapsed_string" ? (one: Node) => !WRITTEN.test(one.type) : (one: Node) => HOLES.test(one.type);
  const holes = node.namedChildren.filter(isHole);
  let text = "";
  let at = node.startIndex;
  for (const hole of holes) {
    text += node.text.slice(at - node.startIndex, hole.startIndex - node.startIndex);
    text += isHarmless(hole.text) ? "?" : HOLE;
    at = hole.endIndex;
  }
  text += node.text.slice(at - node.startIndex);
  return text.replace(/^[a-z$@]{0,2}(["'`]{3}|["'`])/i, "").replace(/(["'`]{3}|["'`])$/, "");
}

const isHarmless = (text: string) =>
  /^[${\s]*([A-Z][A-Z0-9_.]*|\d+|[\w.]*(placeholder|questionMark)\w*|.*\.length|len\(.*\)|.*\.join\(.*)[}\s]*$/s.test(
    text,
  ) || /\b(escape\w*|quote\w*|Number|parseInt|int|float|str_repeat)\(/i.test(text);

/** As sqlValue for a format string: `%s`, `{}` and `{name}` are the values. */
const sqlFormat: Check = (captures) => {
  const node = capture(captures, "sql");
  return isBuiltSql(joinedText(node).replace(/%(\(\w+\))?[svq]|\{[^}\d]*\}/g, HOLE)) && [node];
};

/** `@finding`'s string has a part that is not written there. */
const composed: Check = (captures) => joinedText(capture(captures, "text")).includes(HOLE);

/** `@finding` is not a string that stands there in full. */
const notLiteral: Check = (captures) => {
  const node = capture(captures, "text");
  return !LITERALS.test(node.type) || joinedText(node).includes(HOLE);
};

/** The random value in `@value` is not merely an index or a delay. */
const drawsRandom: Check = (captures) =>
  /\bMath\.random\(|\brandom\.(random|randint|choice|choices|randrange|getrandbits|sample)\(|\brand\.(Int|Intn|Int31|Int63|Read)\w*\(|\bnew Random\(|\bRandomStringUtils\.random/.test(
    capture(captures, "value").text,
  ) && !/SystemRandom|SecureRandom|crypto/i.test(capture(captures, "value").text);

/** Go: `rand` is math/rand, not crypto/rand. */
const importsMathRand: Check = (_, text) => /"math\/rand(\/v2)?"/.test(text) && !/"crypto\/rand"/.test(text);

/** `@finding` is run in every round of a loop in its own function. */
const inLoop: Check = (captures) => {
  for (const one of ancestors(capture(captures, "finding"))) {
    if (FUNCTIONS.test(one.type)) return false;
    if (one.type === "for_statement") return !endsLoop(capture(captures, "finding"));
  }
  return false;
};

/** What follows the statement leaves the function anyway: it runs once. */
function endsLoop(node: Node): boolean {
  for (let next = node.nextNamedSibling; next; next = next.nextNamedSibling) {
    if (/^(return_statement|break_statement)$/.test(next.type)) return true;
  }
  return false;
}

/** `@finding` is not in a loop or switch of its own within the `finally` of `@finally`, nor in another function. */
const leavesFinally: Check = (captures) => {
  const finding = capture(captures, "finding");
  const jumps = finding.type !== "return_statement" && finding.type !== "throw_statement";
  for (const one of ancestors(finding)) {
    if (FUNCTIONS.test(one.type)) return false;
    if (jumps && /^(for|while|do|switch|enhanced_for|for_in)_/.test(one.type)) return false;
    if (one.type === "finally_clause") return true;
  }
  return false;
};

/** At the top of a module or class, `name = name` takes over an outer name on purpose. */
const inFunction: Check = (captures) => {
  const finding = capture(captures, "finding");
  return finding.text.includes(".") || enclosingFunction(finding) !== undefined;
};

/** Tests of an operator itself put the same value on both sides. */
const notAsserted: Check = (captures) => {
  let levels = 0;
  for (const one of ancestors(capture(captures, "finding"))) {
    if (++levels > 5) return true;
    if (one.type === "assert_statement" || /^\W{0,2}[\w.]{0,40}(assert|expect)/i.test(one.text.slice(0, 80)))
      return false;
  }
  return true;
};

/** `@finding` is not tried out: in a `try`, a call without effect asks whether it fails. */
const notGuarded: Check = (captures) => {
  for (const one of ancestors(capture(captures, "finding"))) {
    if (FUNCTIONS.test(one.type)) return true;
    if (one.type === "try_statement") return false;
  }
  return true;
};

/** Entity Framework makes parameters of what is interpolated in these calls. */
const notParameterized: Check = (captures) => {
  const call = capture(captures, "sql").parent?.parent?.parent;
  return !/(Interpolated(Async)?|\.FromSql|\.SqlQuery(<[^()]*>)?)\s*\($/.test(
    call?.text.slice(0, Math.max(0, capture(captures, "sql").startIndex - call.startIndex)) ?? "",
  );
};

export const CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ["not-cleanup", notCleanup],
  ["no-comment", noComment],
  ["same-code", sameCode],
  ["same-expression", sameExpression],
  ["pure", pure],
  ["not-nan-idiom", notNanIdiom],
  ["after-jump", afterJump],
  ["mutates-parameter", mutatesParameter],
  ["repeated-condition", repeatedCondition],
  ["repeated-case", repeatedCase],
  ["repeated-key", repeatedKey],
  ["near-secrets", nearSecrets],
  ["sql-value", sqlValue],
  ["sql-format", sqlFormat],
  ["composed", composed],
  ["not-literal", notLiteral],
  ["draws-random", drawsRandom],
  ["imports-math-rand", importsMathRand],
  ["in-loop", inLoop],
  ["leaves-finally", leavesFinally],
  ["in-function", inFunction],
  ["not-asserted", notAsserted],
  ["not-guarded", notGuarded],
  ["not-parameterized", notParameterized],
]);
