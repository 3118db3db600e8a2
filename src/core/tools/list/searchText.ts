import * as z from "zod";
import { isOnceoverError } from "../../../shared/errors.ts";
import { createSlices } from "../slices.ts";
import { defineTool, type ToolAccess } from "../tool.ts";
import { chooseFiles, type ChosenFile } from "./chosenFiles.ts";
import { folder, glob, limit, MINUTE_MS } from "./fields.ts";
import { findText, type TextPattern } from "./findText.ts";
import { grepFiles } from "./grepFiles.ts";

const MOST_SHOWN = 300;
/** One file that is full of it does not hide the others. */
const MOST_IN_FILE = 50;

export const searchText = defineTool({
  name: "search_text",
  description: "Lines of the workspace's files that hold a text, as it is written (no regular expressions), by path.",
  parameters: z.strictObject({
    query: z
      .string()
      .min(1)
      .max(500)
      .refine((text) => !/[\r\n\0]/.test(text), "one line")
      .describe("the text to find"),
    case: z.boolean().default(false).describe("A and a are different; default: they are the same (for A to Z)"),
    word: z.boolean().default(false).describe("only as a whole word"),
    folder: folder.optional(),
    glob: glob.optional(),
    limit: limit(100, 1_000),
  }),
  reads: ["workspace"],
  ttlMs: 10 * MINUTE_MS,
  async run({ query, case: isExact, word, folder, glob, limit }, access) {
    const pattern: TextPattern = { query, isExact, isWord: word };
    const chosen = chooseFiles(await access.folders(), { folder, glob });
    const candidates = await grepFiles(chosen, pattern, access.signal);
    const pause = createSlices();
    const matches: { path: string; line: number; column: number; text: string }[] = [];
    let files = 0;
    let isCut = false;
    for (const file of candidates) {
      if (matches.length >= limit) {
        isCut = true;
        break;
      }
      access.signal.throwIfAborted();
      const found = await searchFile(file, pattern, access);
      if (found.length > 0) files++;
      const room = Math.min(MOST_IN_FILE, limit - matches.length);
      isCut ||= found.length > room;
      for (const one of found.slice(0, room)) matches.push({ path: file.path, ...one });
      await pause();
    }
    return { query, files, isCut, matches };
  },
});

/** A match that lies in a secret is none: else one could guess a secret piece by piece. */
async function searchFile(file: ChosenFile, pattern: TextPattern, access: ToolAccess) {
  try {
    const raw = await access.readRaw(file.path);
    const found = findText(raw.text, pattern);
    if (found.length === 0) return [];
    const { text } = await access.read(file.path);
    return found
      .filter(({ start, end }) => text.slice(start, end) === raw.text.slice(start, end))
      .map(({ line, column, lineStart, lineEnd, start }) => {
        // Of a long line what is around the match.
        const from = Math.max(lineStart, Math.min(start - 100, lineEnd - MOST_SHOWN));
        return { line, column, text: text.slice(from, Math.min(lineEnd, from + MOST_SHOWN)) };
      });
  } catch (error) {
    // Binary, too large, or gone meanwhile: it has no lines.
    if (isOnceoverError(error) && (error.code === "unreadable-file" || error.code === "not-allowed")) return [];
    throw error;
  }
}
