import { escapeLine } from "../shared/escapeText.ts";

/** Others' text for a place of one line: white space in a row becomes one space, hidden characters are shown, and what is too long is cut. */
export function oneLine(text: string, most = 300): string {
  const line = escapeLine(text.replaceAll(/\s+/g, " ").trim());
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}
