/** Headings of a Markdown text, as CommonMark has them at the top level; what stands in code is none. */
export interface Heading {
  /** 1 to 6. */
  readonly level: number;
  readonly title: string;
  /** 1-based. */
  readonly line: number;
}

export function findHeadings(lines: readonly string[]): Heading[] {
  const headings: Heading[] = [];
  let fence = "";
  for (const [at, line] of lines.entries()) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== "") {
      if (mark?.startsWith(fence) && line.trim() === mark) fence = "";
      continue;
    }
    if (mark) {
      fence = mark;
      continue;
    }
    const heading = numberSigns(line, at) ?? underlined(lines, at);
    if (heading) headings.push(heading);
  }
  return headings;
}

/** From its heading to the next one that is not below it. */
export function sectionOf(lines: readonly string[], headings: readonly Heading[], heading: Heading): string {
  const next = headings.find((one) => one.line > heading.line && one.level <= heading.level);
  return lines.slice(heading.line - 1, next ? next.line - 1 : undefined).join("\n");
}

function numberSigns(line: string, at: number): Heading | undefined {
  const signs = /^ {0,3}(#{1,6})(?=\s|$)/.exec(line);
  if (!signs) return undefined;
  const words = line.slice(signs[0].length).trim();
  // Signs at the end close the heading when a space stands before them.
  let end = words.length;
  while (words[end - 1] === "#") end--;
  const isClosed = end < words.length && (end === 0 || /\s/.test(words[end - 1]!));
  return { level: signs[1]!.length, title: isClosed ? words.slice(0, end).trim() : words, line: at + 1 };
}

/** A line of text above one of `=` or `-`. */
function underlined(lines: readonly string[], at: number): Heading | undefined {
  const title = lines[at]!;
  const mark = lines[at + 1]?.trim() ?? "";
  const isText = /^ {0,3}[^\s#>|*+-]/.test(title) && !/^ {4}/.test(lines[at + 1] ?? "");
  if (!isText || (at > 0 && lines[at - 1]!.trim() !== "")) return undefined;
  if (mark.length < 2) return undefined;
  if (mark === "=".repeat(mark.length)) return { level: 1, title: title.trim(), line: at + 1 };
  return mark === "-".repeat(mark.length) ? { level: 2, title: title.trim(), line: at + 1 } : undefined;
}
