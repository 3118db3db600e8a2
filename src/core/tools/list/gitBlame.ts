import * as z from "zod";
import { switchedOffFilters } from "../../workspace/changedFiles.ts";
import { defineTool } from "../tool.ts";
import { line, MINUTE_MS, path } from "./fields.ts";
import { gitFailed } from "./gitPaths.ts";
import { splitLines } from "./lines.ts";
import { parseBlame } from "./parseBlame.ts";

const MOST_LINES = 2_000;

export const gitBlame = defineTool({
  name: "git_blame",
  description:
    "Which commit brought each line of a file, as it is now, and when. Neighbouring lines of one commit are one part.",
  parameters: z.strictObject({
    path,
    from: line.optional().describe("first line, 1-based"),
    to: line.optional().describe("last line"),
  }),
  reads: ["files", "history"],
  ttlMs: 10 * MINUTE_MS,
  async run({ path, from = 1, to }, access) {
    const read = await access.readRaw(path);
    const { git, folder, within } = await access.git(read.file.path);
    const lines = splitLines(read.text).length;
    const last = Math.min(to ?? lines, lines, from + MOST_LINES - 1);
    if (from > lines) return { path: read.file.path, lines, isCut: false, parts: [] };
    const root = folder.folder.path;
    const range = `-L${from},${Math.max(from, last)}`;
    const filters = await switchedOffFilters(git, root);
    const blamed = await git.runWith(filters, root, "blame", "--porcelain", "--no-textconv", range, "--", within);
    if (!blamed) throw gitFailed("blame");
    const isCut = last < Math.min(to ?? lines, lines);
    return { path: read.file.path, lines, isCut, parts: parseBlame(blamed.toString("utf8")) };
  },
});
