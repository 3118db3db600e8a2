/** Checks of whether something is lost: what looks wrong may be idle, or one row of a table. */
import { capture, parts, type Check } from "./checkParts.ts";

/** `a < b < a` compares neighbours: exactly two are compared here. */
export const twoOperands: Check = (captures) => parts(capture(captures, "finding")).length === 2;

/** `{icon && icon}` shows what there is. */
export const notShown: Check = (captures) => capture(captures, "finding").parent?.type !== "jsx_expression";

/** `x <= x` holds for every number but NaN. */
export const notNumberTest: Check = (captures) =>
  !/^[<>]=$/.test(capture(captures, "operator").text) || !/^\w+$/.test(capture(captures, "a").text);
