/** What `*` stands for when `text` fits a pattern with at most one; "" for an equal text without; else undefined. */
export function matchPattern(pattern: string, text: string): string | undefined {
  const star = pattern.indexOf("*");
  if (star === -1) return pattern === text ? "" : undefined;
  const head = pattern.slice(0, star);
  const tail = pattern.slice(star + 1);
  if (text.length < head.length + tail.length || !text.startsWith(head) || !text.endsWith(tail)) return undefined;
  return text.slice(head.length, text.length - tail.length);
}
