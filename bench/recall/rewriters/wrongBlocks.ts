import type { Node } from "web-tree-sitter";
import { alternativeOf, consequenceOf, replace, type Rewriter } from "../rewriter.ts";

/** The block of `if` is copied to `else` and not changed. */
export const copiedBranch: Rewriter = {
  rule: "identical-branches",
  languages: ["javascript", "typescript", "python", "go", "java", "rust", "csharp", "c", "cpp", "php"],
  rewrite(node) {
    if (!/^if_(statement|expression)$/.test(node.type)) return null;
    const [first, second] = [consequenceOf(node), alternativeOf(node)];
    if (!first || second?.type !== first.type || first.namedChildCount === 0) return null;
    // With a chain before it, another branch lies between the two.
    if (node.parent?.type === "else_clause" || node.parent?.type === node.type) return null;
    return first.text === second.text || first.text.includes("//")
      ? null
      : { ...replace(second, first.text), from: node.startIndex };
  },
};

/** The condition of `if` is copied to `else if` and not changed. */
export const copiedCondition: Rewriter = {
  rule: "duplicate-condition",
  languages: ["javascript", "typescript", "python", "go", "java", "rust", "csharp", "c", "cpp"],
  rewrite(node) {
    if (!/^if_(statement|expression)$/.test(node.type)) return null;
    const next = alternativeOf(node);
    if (next?.type !== node.type && next?.type !== "elif_clause") return null;
    const [first, second] = [node.childForFieldName("condition"), next.childForFieldName("condition")];
    // What a call answers may differ the second time.
    if (!first || !second || /\w\(|\+\+|--|[^=!<>]=[^=]|\blet\b/.test(first.text)) return null;
    return first.text === second.text ? null : { ...replace(second, first.text), from: node.startIndex };
  },
};

/** A handler is emptied, or never written. */
export const emptiedHandler: Rewriter = {
  rule: "swallowed-error",
  languages: ["javascript", "typescript", "python", "java", "csharp", "cpp", "php", "powershell"],
  rewrite(node) {
    if (!/^(catch_clause|except_clause)$/.test(node.type)) return null;
    const body = node.childForFieldName("body") ?? node.lastNamedChild;
    if (!body || body.namedChildCount === 0) return null;
    if (node.type === "catch_clause") return body.text.startsWith("{") ? replace(body, "{\n}") : null;
    // A single kind of error that is passed over is how Python asks whether something is there.
    return /^except( Exception)?( as \w+)?:/.test(node.text) ? replace(body, "pass") : null;
  },
};

const JUMP = /^(return|throw|raise|break|continue)/;

/** A statement slips behind the jump that ended its block. */
export const lateStatement: Rewriter = {
  rule: "unreachable-code",
  languages: ["javascript", "typescript", "python", "go", "csharp", "c", "cpp"],
  rewrite(node) {
    if (!JUMP.test(node.type) || node.nextNamedSibling) return null;
    const before = node.previousNamedSibling;
    if (before?.type !== "expression_statement" || !isOnLinesOfItsOwn(before, node)) return null;
    const gap = before.parent!.text.slice(
      before.endIndex - before.parent!.startIndex,
      node.startIndex - before.parent!.startIndex,
    );
    return { start: before.startIndex, end: node.endIndex, text: `${node.text}${gap}${before.text}` };
  },
};

function isOnLinesOfItsOwn(first: Node, second: Node): boolean {
  return first.endPosition.row < second.startPosition.row && !/^["'`]/.test(first.text);
}
