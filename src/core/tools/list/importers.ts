import * as z from "zod";
import { defineTool } from "../tool.ts";
import { MINUTE_MS, OUTLINES_TIMEOUT_MS, path } from "./fields.ts";

export const importers = defineTool({
  name: "importers",
  description:
    "Which files of the workspace use a file, and which of its symbols. Ask before you judge a change to it.",
  parameters: z.strictObject({ path }),
  reads: ["workspace"],
  ttlMs: 10 * MINUTE_MS,
  timeoutMs: OUTLINES_TIMEOUT_MS,
  async run({ path }, access) {
    const file = await access.admit(path);
    const { files } = await access.ask({ kind: "importers", path: file.path });
    return { path: file.path, files };
  },
});
