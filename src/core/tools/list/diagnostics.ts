import * as z from "zod";
import { defineTool } from "../tool.ts";
import { path } from "./fields.ts";

const MOST_PROBLEMS = 200;

export const diagnostics = defineTool({
  name: "diagnostics",
  description:
    "What compiler and linters say of a file: the editor's problems, or a type checker's on the command line.",
  parameters: z.strictObject({ path }),
  reads: ["workspace"],
  ttlMs: 30_000,
  timeoutMs: 60_000,
  settle: async ({ path }, access) => access.problemsVersion(await access.admit(path)),
  async run({ path }, access) {
    const file = await access.admit(path);
    const problems = await access.problems(file);
    return { path: file.path, total: problems.length, problems: problems.slice(0, MOST_PROBLEMS) };
  },
});
