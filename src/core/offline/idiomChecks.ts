/** Checks of whether what looks like a slip is a known way of saying something. */
import type { Node } from "web-tree-sitter";
import { capture, type Check } from "./checkParts.ts";

const CONSTANT = /^(string|string_literal|number|number_literal|true|false|null|undefined|null_literal|char_literal)$/;

/** What `@finding` assigns is a constant: as a condition it is always true, or never. Names are often meant. */
export const assignsConstant: Check = (captures) => {
  const right = capture(captures, "finding").childForFieldName("right");
  return right !== null && CONSTANT.test(right.type);
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
