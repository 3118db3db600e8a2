import * as z from "zod";
import { defineTool } from "../tool.ts";
import { limit, MINUTE_MS, path } from "./fields.ts";
import { gitFailed, literalPath } from "./gitPaths.ts";

export const gitLog = defineTool({
  name: "git_log",
  description: "The newest commits, or those that touched a file or folder: when, who, and what they say.",
  parameters: z.strictObject({ path: path.optional(), limit: limit(20, 200) }),
  reads: ["history"],
  ttlMs: 10 * MINUTE_MS,
  async run({ path, limit }, access) {
    const { git, folder, within } = await access.git(path);
    const listed = await git.run(
      folder.folder.path,
      "log",
      "--no-show-signature",
      "--no-color",
      "--no-decorate",
      `--max-count=${limit}`,
      "-z",
      "--format=%H%x00%an%x00%aI%x00%s",
      "--",
      literalPath(within),
    );
    if (!listed) throw gitFailed("log");
    const fields = listed.toString("utf8").split("\0");
    const commits: { id: string; author: string; date: string; subject: string }[] = [];
    for (let at = 0; at + 3 < fields.length; at += 4) {
      const [id, author, date, subject] = fields.slice(at, at + 4) as [string, string, string, string];
      commits.push({ id, author, date, subject });
    }
    return { path: path ?? null, isCut: commits.length === limit, commits };
  },
});
