import * as z from "zod";
import { defineTool } from "../tool.ts";
import { MINUTE_MS, OUTLINES_TIMEOUT_MS, path } from "./fields.ts";

export const imports = defineTool({
  name: "imports",
  description:
    "Which files of the workspace a file uses and which of their symbols, and what it imports from elsewhere.",
  parameters: z.strictObject({ path }),
  // What an import stands for changes when files come or go.
  reads: ["workspace"],
  ttlMs: 10 * MINUTE_MS,
  timeoutMs: OUTLINES_TIMEOUT_MS,
  async run({ path }, access) {
    const file = await access.admit(path);
    const { files, outside } = await access.ask({ kind: "imports", path: file.path });
    return { path: file.path, files, outside };
  },
});
