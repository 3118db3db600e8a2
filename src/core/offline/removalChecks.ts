/** Checks of commands that remove. */
import { capture, type Check } from "./checkParts.ts";

const RECURSIVE = /^(-[a-zA-Z]*[rR][a-zA-Z]*|--recursive)$/;

/**
 * An option before the argument `@finding` says that whole folders go. A pattern that names both would match each
 * word with each argument: in a command of thousands of words, as the parser reads a text that is no script, millions.
 */
export const recursive: Check = (captures) => {
  const finding = capture(captures, "finding");
  for (const word of finding.parent?.children ?? []) {
    if (word.id === finding.id) return false;
    if (word.type === "word" && RECURSIVE.test(word.text)) return true;
  }
  return false;
};
