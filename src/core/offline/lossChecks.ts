/** Checks of whether something is lost: what looks wrong may be idle, or one row of a table. */
import { capture, enclosingFunction, parts, type Check } from "./checkParts.ts";

/** A property of the page or of a player does something when it is set. */
const SETTERS =
  /\.(src|href|innerHTML|outerHTML|value|className|length|currentTime|checked|scrollTop|display|width|height)$/;

/** `this.name = name` was meant: the value is an argument of a constructor or setter. Elsewhere `a = a` changes nothing. */
export const losesValue: Check = (captures) => {
  const value = capture(captures, "a");
  if (SETTERS.test(value.text)) return false;
  if (/[.[>]/.test(value.text)) return true;
  const around = enclosingFunction(value);
  const parameters = around?.childForFieldName("parameters");
  if (!around || !parameters || !new RegExp(String.raw`\b${value.text}\b`).test(parameters.text)) return false;
  const name = around.childForFieldName("name")?.text ?? "";
  return around.type === "constructor_declaration" || /^(constructor$|set|with[A-Z])/.test(name);
};

/** `a < b < a` compares neighbours: exactly two are compared here. */
export const twoOperands: Check = (captures) => parts(capture(captures, "finding")).length === 2;

/** The last of several cases, written out: the chain is a table. */
export const notInChain: Check = (captures) => {
  const finding = capture(captures, "finding");
  const parent = finding.parent;
  if (parent?.type === "else_clause") return false;
  return !(parent?.type === finding.type && parent.childForFieldName("alternative")?.id === finding.id);
};

/** `{icon && icon}` shows what there is. */
export const notShown: Check = (captures) => capture(captures, "finding").parent?.type !== "jsx_expression";
