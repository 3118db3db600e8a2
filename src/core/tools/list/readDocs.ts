import * as z from "zod";
import { isOnceoverError } from "../../../shared/errors.ts";
import { createSlices } from "../slices.ts";
import { defineTool, type ToolAccess } from "../tool.ts";
import { chooseFiles } from "./chosenFiles.ts";
import { folder, limit, MINUTE_MS } from "./fields.ts";
import { splitLines } from "./lines.ts";
import { findHeadings, sectionOf, type Heading } from "./markdownHeadings.ts";

const DOCUMENT = /\.(md|mdx|markdown)$|(^|\/)readme(\.[^/]*)?$/i;
const MOST_DOCUMENTS = 200;
const MOST_HEADINGS = 40;
const MOST_CHARACTERS = 20_000;

export const readDocs = defineTool({
  name: "read_docs",
  description:
    "The workspace's own documentation. Without a query: its Markdown and README files with their headings. With one: the sections whose heading holds it.",
  parameters: z.strictObject({
    query: z.string().min(1).max(200).optional().describe("a part of a heading; case does not matter"),
    folder: folder.optional(),
    limit: limit(5, 50).describe("at most so many sections; default 5"),
  }),
  reads: ["workspace"],
  ttlMs: 10 * MINUTE_MS,
  async run({ query, folder, limit }, access) {
    const files = chooseFiles(await access.folders(), { folder }).filter(({ path }) => DOCUMENT.test(path));
    const pause = createSlices();
    const documents: { path: string; headings: readonly Heading[] }[] = [];
    const sections: { path: string; heading: string; line: number; text: string; isCut: boolean }[] = [];
    for (const { path } of files.slice(0, MOST_DOCUMENTS)) {
      access.signal.throwIfAborted();
      const lines = await readLines(path, access);
      if (!lines) continue;
      const headings = findHeadings(lines);
      if (query === undefined) documents.push({ path, headings: headings.slice(0, MOST_HEADINGS) });
      else {
        for (const heading of headings.filter((one) => holds(one, query))) {
          if (sections.length >= limit) break;
          const text = sectionOf(lines, headings, heading);
          const isCut = text.length > MOST_CHARACTERS;
          sections.push({
            path,
            heading: heading.title,
            line: heading.line,
            text: text.slice(0, MOST_CHARACTERS),
            isCut,
          });
        }
      }
      if (sections.length >= limit) break;
      await pause();
    }
    const isCut = files.length > MOST_DOCUMENTS;
    return query === undefined ? { total: files.length, isCut, documents } : { query, isCut, sections };
  },
});

function holds({ title }: Heading, query: string): boolean {
  return title.toLowerCase().includes(query.toLowerCase());
}

async function readLines(path: string, access: ToolAccess): Promise<string[] | undefined> {
  try {
    return splitLines((await access.read(path)).text);
  } catch (error) {
    if (isOnceoverError(error) && error.code === "unreadable-file") return undefined;
    throw error;
  }
}
