import * as z from "zod";
import type { FoundSymbol } from "../../store/survey.ts";
import { defineTool, type ToolAccess } from "../tool.ts";
import { limit, MINUTE_MS, OUTLINES_TIMEOUT_MS } from "./fields.ts";
import { createLineFinder } from "./lines.ts";

export const searchSymbols = defineTool({
  name: "search_symbols",
  description:
    "Functions, classes, types and other declarations by name: whole names first, then beginnings, then parts.",
  parameters: z.strictObject({
    query: z.string().min(1).max(200).describe("a name or a part of one; case does not matter"),
    kind: z.string().min(1).max(50).optional().describe("only these: function, class, method, type, variable …"),
    limit: limit(50, 500),
  }),
  reads: ["workspace"],
  ttlMs: 10 * MINUTE_MS,
  timeoutMs: OUTLINES_TIMEOUT_MS,
  async run({ query, kind, limit }, access) {
    const { symbols, total } = await access.ask({ kind: "symbols", query, symbolKind: kind ?? null, limit });
    return { query, total, isCut: total > symbols.length, symbols: await withLines(symbols, access) };
  },
});

/** Outlines count characters; people and models count lines. null: the file has just changed. */
async function withLines(symbols: readonly FoundSymbol[], access: ToolAccess) {
  const finders = new Map<string, ((offset: number) => number) | null>();
  const shown: (Omit<FoundSymbol, "start" | "contentHash"> & { line: number | null })[] = [];
  for (const { start, contentHash, ...symbol } of symbols) {
    if (!finders.has(symbol.path)) {
      const read = await access.readRaw(symbol.path).catch(() => undefined);
      access.signal.throwIfAborted();
      finders.set(symbol.path, read?.contentHash === contentHash ? createLineFinder(read.text) : null);
    }
    shown.push({ ...symbol, line: finders.get(symbol.path)?.(start) ?? null });
  }
  return shown;
}
