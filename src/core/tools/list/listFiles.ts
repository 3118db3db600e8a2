import * as z from "zod";
import { fileType } from "../../workspace/language.ts";
import { defineTool } from "../tool.ts";
import { chooseFiles } from "./chosenFiles.ts";
import { folder, glob, limit, MINUTE_MS } from "./fields.ts";

export const listFiles = defineTool({
  name: "list_files",
  description:
    "Files of the workspace by path, with their languages. Ignored files and those that may hold keys are left out.",
  parameters: z.strictObject({ folder: folder.optional(), glob: glob.optional(), limit: limit(500, 5_000) }),
  reads: ["workspace"],
  ttlMs: 10 * MINUTE_MS,
  maxResultBytes: 1024 * 1024,
  async run({ folder, glob, limit }, access) {
    const chosen = chooseFiles(await access.folders(), { folder, glob });
    const files = chosen.slice(0, limit).map(({ path }) => ({ path, language: fileType(path)?.language ?? null }));
    return { total: chosen.length, isCut: chosen.length > limit, files };
  },
});
