/** Checks of what is done in every round of a loop. */
import type { Node } from "web-tree-sitter";
import { ancestors, capture, FUNCTIONS, type Check } from "./checkParts.ts";

/** `@finding` is run in every round of a loop in its own function. */
export const inLoop: Check = (captures) => {
  const finding = capture(captures, "finding");
  if (readsToTheEnd(finding)) return false;
  if (endsLoop(finding)) return false;
  for (const one of ancestors(finding)) {
    if (FUNCTIONS.test(one.type)) return false;
    if (one.type === "for_statement") return true;
    if (endsLoop(one)) return false;
  }
  return false;
};

/** `for rows.Next()` behind it closes what is read to its end: the deferred call is there for errors. */
function readsToTheEnd(finding: Node): boolean {
  const name = /^defer (\w+)\.Close\(/.exec(finding.text)?.[1];
  if (name === undefined) return false;
  for (let next = finding.nextNamedSibling; next; next = next.nextNamedSibling) {
    if (next.type === "for_statement" && next.text.startsWith(`for ${name}.Next(`)) return true;
  }
  return false;
}

/** What follows the statement leaves the function anyway: it runs once. */
function endsLoop(node: Node): boolean {
  for (let next = node.nextNamedSibling; next; next = next.nextNamedSibling) {
    if (/^(return_statement|break_statement)$/.test(next.type)) return true;
  }
  return false;
}
