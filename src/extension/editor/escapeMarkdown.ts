import { escapeText } from "../../shared/escapeText.ts";

/**
 * Others' text inside Markdown as plain text: no link, picture, markup or HTML of it is live, addresses that Markdown
 * links by itself included. Hidden characters are shown; line breaks stay.
 */
export function escapeMarkdown(text: string): string {
  return escapeText(text)
    .trim()
    .split(/\r?\n/)
    .map((line) => line.trim().replaceAll(/[!-/:-@[-`{-~]/g, (character) => `&#${character.charCodeAt(0)};`))
    .join("  \n");
}

/** Others' code as a block, in a fence that it cannot end. Hidden characters are shown. */
export function codeBlock(code: string, language = ""): string {
  const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${escapeText(code)}\n${fence}`;
}
