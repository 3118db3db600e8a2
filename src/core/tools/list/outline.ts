import * as z from "zod";
import { defineTool } from "../tool.ts";
import { MINUTE_MS, path } from "./fields.ts";
import { createLineFinder } from "./lines.ts";

const MOST_SYMBOLS = 1_000;

export const outline = defineTool({
  name: "outline",
  description: "What a file declares: names, kinds, signatures and lines, and how complex it is.",
  parameters: z.strictObject({ path }),
  reads: ["files"],
  ttlMs: 60 * MINUTE_MS,
  async run({ path }, access) {
    // Places count in the file as it is: a replaced secret has its length, but may hold its line breaks.
    const read = await access.readRaw(path);
    const found = await access.outline(read);
    const base = { path: read.file.path, language: read.language };
    if (!found) return { ...base, symbols: [], metrics: null, isCut: false, note: "This language has no outline." };
    const lineOf = createLineFinder(read.text);
    const symbols = found.symbols.slice(0, MOST_SYMBOLS).map((symbol) => ({
      name: symbol.name,
      kind: symbol.kind,
      container: symbol.container,
      line: lineOf(symbol.start),
      endLine: lineOf(Math.max(symbol.start, symbol.end - 1)),
      exported: symbol.exported,
      signature: symbol.signature,
      doc: symbol.doc,
    }));
    return { ...base, symbols, metrics: found.metrics, isCut: found.symbols.length > MOST_SYMBOLS };
  },
});
