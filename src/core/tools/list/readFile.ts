import * as z from "zod";
import { defineTool } from "../tool.ts";
import { line, MINUTE_MS, path } from "./fields.ts";
import { splitLines } from "./lines.ts";

const MOST_LINES = 2_000;
const MOST_CHARACTERS = 64 * 1024;

export const readFile = defineTool({
  name: "read_file",
  description: "Text of a file, or of some of its lines. Secrets in it are shown as *.",
  parameters: z.strictObject({
    path,
    from: line.optional().describe("first line, 1-based"),
    to: line.optional().describe("last line"),
  }),
  reads: ["files"],
  ttlMs: 60 * MINUTE_MS,
  async run({ path, from = 1, to }, access) {
    const { text, file, language, sizeBytes } = await access.read(path);
    const lines = splitLines(text);
    const last = Math.min(to ?? lines.length, lines.length, from + MOST_LINES - 1);
    const shown: string[] = [];
    let characters = 0;
    for (const one of lines.slice(from - 1, last)) {
      // One long line is cut; a long file ends earlier and says where.
      if (characters + one.length > MOST_CHARACTERS && shown.length > 0) break;
      shown.push(one.slice(0, MOST_CHARACTERS));
      characters += one.length + 1;
    }
    const end = from - 1 + shown.length;
    return {
      path: file.path,
      language,
      sizeBytes,
      lines: lines.length,
      from,
      to: end,
      isCut: end < Math.min(to ?? lines.length, lines.length) || characters > MOST_CHARACTERS + shown.length,
      text: shown.join("\n"),
    };
  },
});
