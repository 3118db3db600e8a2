/** Checks of whether what looks like a slip is a known way of saying something. */
import type { Node } from "web-tree-sitter";
import { ancestors, capture, plain, type Check } from "./checkParts.ts";

const ESCAPED = /[.*+?^${}()|[\]\\]/g;
const quoted = (text: string) => text.replaceAll(ESCAPED, String.raw`\$&`);

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
