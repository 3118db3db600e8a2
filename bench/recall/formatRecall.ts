/** Puts what was measured in words. */
import { formatTable } from "../table.ts";
import { percent, sum } from "./judgeRecall.ts";
import type { RecallRow } from "./measureRecall.ts";

/** @returns one table of all rules and languages, then one line for each language and one for all */
export function formatRecall(rows: readonly RecallRow[]): string {
  const table = formatTable(
    ["rule", "language", "planted", "found", "recall"],
    rows.map((row) => [row.rule, row.language, String(row.planted), String(row.found), percent(row)]),
  );
  const languages = [...new Set(rows.map(({ language }) => language))];
  const sums = formatTable(
    ["language", "planted", "found", "recall"],
    [
      ...languages.map((language) =>
        sumLine(
          language,
          rows.filter((row) => row.language === language),
        ),
      ),
      sumLine("all", rows),
    ],
  );
  return `${table}\n\n${sums}`;
}

/** @returns Markdown: of each shape that was missed the first plant, those of one rule and language together */
export function formatMisses(rows: readonly RecallRow[]): string {
  return rows
    .filter(({ misses, broken }) => misses.length > 0 || broken.length > 0)
    .map((row) => {
      const title = `## ${row.rule}, ${row.language}: ${row.found} of ${row.planted} found\n`;
      const missed = [...Map.groupBy(row.misses, ({ shape }) => shape).values()].map((misses) => {
        const times = misses.length > 1 ? `Missed ${misses.length} times:\n\n` : "";
        return times + codeBlock(misses[0]!.snippet, row.language);
      });
      const broken = row.broken.map((snippet) => `No code:\n\n${codeBlock(snippet, row.language)}`);
      return [title, ...missed, ...broken].join("\n");
    })
    .join("\n");
}

function sumLine(name: string, rows: readonly RecallRow[]): string[] {
  const all = sum(rows);
  return [name, String(all.planted), String(all.found), percent(all)];
}

const MOST_LINES = 24;

function codeBlock(text: string, language: string): string {
  const lines = dedent(text);
  const rest = lines.length - MOST_LINES;
  const shown = rest > 1 ? [...lines.slice(0, MOST_LINES), `(${rest} more lines)`] : lines;
  return ["```" + language, ...shown, "```", ""].join("\n");
}

function dedent(text: string): string[] {
  const lines = text.trimEnd().split("\n");
  const margins = lines.filter((line) => line.trim() !== "").map((line) => /^[ \t]*/.exec(line)![0].length);
  const margin = Math.min(...margins);
  return lines.map((line) => line.slice(margin));
}
