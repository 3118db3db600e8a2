/**
 * What a pattern alone cannot tell. A check gets the match's captures by name and says whether the match stands;
 * it may also name the nodes to report instead of `@finding`.
 */
import type { Node } from "web-tree-sitter";
import { ancestors, capture, enclosingFunction, FUNCTIONS, isComment, parts, plain, type Check } from "./checkParts.ts";
import {
  errorUnderWay,
  fixedArray,
  leavesFinally,
  noFallback,
  notBeforeRemoval,
  notElseFiller,
  notOptedIn,
  notTest,
  notWhollyTried,
  onlyHostname,
  resultUnused,
  notYielded,
  pyYamlLoader,
  usesName,
} from "./contextChecks.ts";
import {
  givesReason,
  notAllowListed,
  notDictated,
  notExplained,
  notKnownDefault,
  notStoodIn,
  notWaved,
  reasonAbove,
} from "./reasonChecks.ts";
import { mutatesParameter } from "./defaultChecks.ts";
import { unconditional } from "./choiceChecks.ts";
import { nearSecrets } from "./hashChecks.ts";
import { assignsConstant, notFallbackIdiom } from "./idiomChecks.ts";
import { inLoop } from "./loopChecks.ts";
import { notOfPage, notSkipped } from "./liveChecks.ts";
import { notNumberTest, notShown, twoOperands } from "./lossChecks.ts";
import { recursive } from "./removalChecks.ts";
import { remoteInput, requestInput } from "./requestChecks.ts";
import { drawsRandom, importsMathRand, notSecureRandom } from "./randomChecks.ts";
import { repeatedCase, repeatedCondition, repeatedKey } from "./repetitionChecks.ts";
import { composed, composedBefore, notLiteral, sqlFormat, sqlValue } from "./stringChecks.ts";

/** Text and everything up to the end of the line after it. */
function withRestOfLine(node: Node, text: string): string {
  const end = text.indexOf("\n", node.endIndex);
  return text.slice(node.startIndex, end === -1 ? text.length : end);
}

// A closing step that fails changes nothing for who called it: ignoring that is common and harmless.
const CLEANUP =
  /\b\w*(close|mkdir|unlink|rm|rmdir|remove|delete|dispose|destroy|kill|terminate|cleanup|clean|clear|release|revoke|shutdown|stop|cancel|abort|disconnect|unsubscribe|unwatch|detach|flush|end|quit|exit|unref|restore|reset|utimes?|chown|chmod|delattr)(sync)?\w*\s*\(/i;

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

/** `x != x` asks for NaN, and for a plain name so does its opposite. */
const notNanIdiom: Check = (captures) => {
  const operator = capture(captures, "operator").text;
  const compared = capture(captures, "a").text;
  return !(operator.startsWith("!=") ? /^[\w.$[\]]+$/ : /^\w+$/).test(compared) || !/^[!=]==?$/.test(operator);
};

const HOISTED =
  /^(function_declaration|generator_function_declaration|interface_declaration|type_alias_declaration|ambient_declaration|function_signature|empty_statement|labeled_statement|import_statement|export_statement|local_function_statement|switch_section|case_statement|preproc_\w+|declaration)$/;

/** What is thrown says that the code behind it is not to run. */
const OUT_OF_USE =
  /NotImplemented|not (yet )?implemented|Deprecat|(Not|Un)Supported|(not |un)supported|Skip(Test)?\b|disabled/i;

/** Reports the statement behind `@jump`, which nothing reaches. */
const afterJump: Check = (captures, text) => {
  const jump = capture(captures, "jump");
  let next = jump.nextNamedSibling;
  let explained = "";
  for (; next && isComment(next); next = next.nextNamedSibling) explained += ` ${next.text}`;
  if (!next || HOISTED.test(next.type)) return false;
  // `case 1: return x; break;` is a habit that harms nobody.
  if (next.type === "break_statement" || next.text === ";") return false;
  if (next.type === "variable_declaration" && !next.text.includes("=")) return false;
  // `raise Unsupported()` and then the bare word `TODO`; or what stands there was put out of use and says why.
  if (next.type === "expression_statement" && next.text.startsWith("TODO")) return false;
  if (/^(continue|break|return);?$/.test(jump.text) && reasonAbove(jump, text)) return false;
  if (givesReason(explained) || OUT_OF_USE.test(jump.text)) return false;
  // `return a == b` and then `return True`: it was to be sure, and nothing is lost.
  if (/^return( [\w."']*)?;?$/.test(next.text) && !next.nextNamedSibling) return false;
  // `return` before `yield` makes an empty generator; a lone string is a note.
  if (/^yield\b/.test(next.text) || (next.type === "expression_statement" && next.firstNamedChild?.type === "string")) {
    return false;
  }
  return [next];
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
  ["composed-before", composedBefore],
  ["not-literal", notLiteral],
  ["draws-random", drawsRandom],
  ["imports-math-rand", importsMathRand],
  ["in-loop", inLoop],
  ["leaves-finally", leavesFinally],
  ["error-under-way", errorUnderWay],
  ["in-function", inFunction],
  ["not-asserted", notAsserted],
  ["not-guarded", notGuarded],
  ["not-parameterized", notParameterized],
  ["not-test", notTest],
  ["no-fallback", noFallback],
  ["not-before-removal", notBeforeRemoval],
  ["not-else-filler", notElseFiller],
  ["not-wholly-tried", notWhollyTried],
  ["not-opted-in", notOptedIn],
  ["only-hostname", onlyHostname],
  ["result-unused", resultUnused],
  ["uses-name", usesName],
  ["fixed-array", fixedArray],
  ["not-secure-random", notSecureRandom],
  ["not-waved", notWaved],
  ["not-skipped", notSkipped],
  ["not-of-page", notOfPage],
  ["not-explained", notExplained],
  ["not-dictated", notDictated],
  ["not-stood-in", notStoodIn],
  ["not-allow-listed", notAllowListed],
  ["not-known-default", notKnownDefault],
  ["request-input", requestInput],
  ["remote-input", remoteInput],
  ["unconditional", unconditional],
  ["recursive", recursive],
  ["pyyaml-loader", pyYamlLoader],
  ["not-yielded", notYielded],
  ["two-operands", twoOperands],
  ["not-shown", notShown],
  ["not-number-test", notNumberTest],
  ["assigns-constant", assignsConstant],
  ["not-fallback-idiom", notFallbackIdiom],
]);
