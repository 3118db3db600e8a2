// JSON may hold bidirectional and zero-width characters as they are; a terminal that prints it would obey them.
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Most text holds nothing that could be hidden, which is found out faster than what is. */
const PLAIN = /^[\n -~]*$/;

/**
 * JSON, indented by two, with what cannot be seen written as escapes.
 * @param depth how far the lines after the first are indented
 */
export function visibleJson(value: unknown, depth: number): string {
  const text = JSON.stringify(value, null, 2) ?? "null";
  const escaped = PLAIN.test(text) ? text : escapeHidden(text);
  return depth === 0 ? escaped : escaped.replaceAll("\n", `\n${"  ".repeat(depth)}`);
}

function escapeHidden(text: string): string {
  return text.replace(HIDDEN, (character) => (character === "\n" ? character : unicodeEscapes(character)));
}

function unicodeEscapes(character: string): string {
  // By UTF-16 unit: JSON has no other way to write what lies beyond the first plane.
  return Array.from({ length: character.length }, (_, index) => {
    return `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`;
  }).join("");
}
