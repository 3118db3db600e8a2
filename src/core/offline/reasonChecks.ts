/** Checks of whether somebody has said, in the code itself, that what looks wrong is meant. */
import type { Node } from "web-tree-sitter";
import { ancestors, capture, enclosingFunction, isComment, type Check } from "./checkParts.ts";

const COMMENT_LINE = /^\s*(?:#|\/\/|\/?\*|--|;)\s?(.*)$/;
/** Not a reason, but a promise of one. */
const UNFINISHED = /\b(todo|fixme|xxx|hack)\b/i;

/** The sentence in the comment right above the line on which `node` begins; empty without one. */
function commentAbove(node: Node, text: string): string {
  const lines = text.slice(Math.max(0, node.startIndex - 2000), node.startIndex).split("\n");
  const said: string[] = [];
  for (const line of lines.slice(0, -1).toReversed()) {
    const comment = COMMENT_LINE.exec(line);
    if (!comment) break;
    said.unshift(comment[1]!);
  }
  return said.join(" ");
}

/** A comment of a few words right above a jump says why what follows it is out of use. */
export function reasonAbove(jump: Node, text: string): boolean {
  const said = commentAbove(jump, text);
  return !UNFINISHED.test(said) && (said.match(/[A-Za-z]{2,}/g) ?? []).length >= 4;
}

const WAVED = /#\s*(nosec\b|noqa:[^#\n]*\bS\d{3}\b)/;

/** Bandit's mark at the end of its first or last line: somebody has looked at just this. */
export const notWaved: Check = (captures, text) => {
  const { startIndex, endIndex } = capture(captures, "finding");
  return ![startIndex, endIndex].some((at) => WAVED.test(/^.*/.exec(text.slice(at, at + 300))![0]));
};

const EXPECTED =
  /\b(may|might|optional|ignor\w*|skip\w*|missing|best.effort|if [^.]*\bavailable|not (found|present|available|installed|supported|exist\w*))\b/i;

/** A comment above the attempt, or in it, says that it may fail. */
export const notExplained: Check = (captures, text) => {
  const guarded = capture(captures, "try");
  const inside = guarded.namedChildren.filter(isComment).map((one) => one.text);
  const said = [commentAbove(guarded.parent ?? guarded, text), ...inside];
  return !said.some((words) => EXPECTED.test(words) && !UNFINISHED.test(words));
};

const DICTATED =
  /\brevers(ed?|ing)\b|\bprotocol\b|\brfc\s?\d|\bcompatib|\bspecif(ied|ication)\b|\bdemands?\b|\bexpects?\b|https?:\/\//i;

/** A comment above the statement says that the other side asks for just this. */
export const notDictated: Check = (captures, text) => {
  const finding = capture(captures, "finding");
  return !DICTATED.test(commentAbove(finding, text));
};

const SWITCH = /insecure|verif|certificat|self.?signed/i;
const INSECURE_NAME = /insecure|unverified|no_?verif|skip_?verif/i;
/** Checks that stand in for the one that is switched off. */
const OWN_CHECK = /\b(VerifyPeerCertificate|VerifyConnection)\b/;
const LOOPBACK = /["'`/@](127\.0\.0\.1|localhost|\[?::1\]?)["'`:/]/;
const HEALTH = /health.?check|liveness|readiness/i;

/**
 * The certificate check is switched off to ask the own machine for its health, by a function whose name says so, or beside a
 * comment or another check that stands in for it.
 */
export const notStoodIn: Check = (captures, text) => {
  const finding = capture(captures, "finding");
  const said = commentAbove(finding, text);
  if (said.split(" ").length > 5 && SWITCH.test(said) && !UNFINISHED.test(said)) return false;
  if (OWN_CHECK.test(finding.parent?.text ?? "")) return false;
  const name = enclosingFunction(finding)?.childForFieldName("name")?.text ?? "";
  if (INSECURE_NAME.test(name)) return false;
  return !(LOOPBACK.test(text) && HEALTH.test(text));
};

/** Before `@text` is run, a part of it was refused unless a list has it. */
export const notAllowListed: Check = (captures, text) => {
  const run = capture(captures, "text");
  const around = enclosingFunction(run);
  if (!around) return true;
  const before = text.slice(around.startIndex, run.startIndex);
  return ![...before.matchAll(/\bif (\w+) not in [\w.()]+:\s*(?:raise|return)\b/g)].some(([, name]) =>
    new RegExp(String.raw`\b${name}\b`).test(run.text),
  );
};

/** `const refreshToken = …; ref.current = refreshToken`: tells the newest request from older ones. */
export const marksNewest = (name: string, code: string): boolean =>
  new RegExp(String.raw`\.current\s*=\s*${name}\b`).test(code);

/** The nearest object or call that `node` is an entry of. */
export function entriesAround(node: Node): string {
  for (const one of ancestors(node))
    if (/^(object|dictionary|argument_list|arguments)$/.test(one.type)) return one.text;
  return "";
}
