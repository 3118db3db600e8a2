import * as z from "zod";
import { commitOf, switchedOffFilters } from "../../workspace/changedFiles.ts";
import { defineTool, type ToolAccess } from "../tool.ts";
import { MINUTE_MS, path } from "./fields.ts";
import { gitFailed, literalPath } from "./gitPaths.ts";

const MOST_FILES = 300;
const MOST_CHARACTERS = 100_000;
/** Nothing of the repository's is run for it: no external diff, no text conversion, no submodule's own git. */
const SAFE_DIFF = [
  "--no-ext-diff",
  "--no-textconv",
  "--no-color",
  "--no-renames",
  "--ignore-submodules=dirty",
  "--relative",
];

export const gitDiff = defineTool({
  name: "git_diff",
  description:
    "What differs between the files as they are now and a commit: changed files and the patch. Untracked files are not in it.",
  parameters: z.strictObject({
    base: z.string().min(1).max(300).default("HEAD").describe("a branch, tag or commit; default HEAD"),
    path: path.optional().describe("only this file or folder"),
  }),
  reads: ["workspace", "history"],
  ttlMs: 10 * MINUTE_MS,
  /** A branch may have moved on since. */
  async settle({ base, path }, access) {
    const { git, folder } = await access.git(path);
    return commitOf(git, folder.folder.path, base);
  },
  async run({ base, path }, access, commit) {
    const { git, folder, within } = await access.git(path);
    const root = folder.folder.path;
    const filters = await switchedOffFilters(git, root);
    const diff = (options: readonly string[], paths: readonly string[]) =>
      git.runWith(filters, root, "diff", ...SAFE_DIFF, ...options, String(commit), "--", ...paths);
    const listed = await diff(["--name-status", "-z"], [literalPath(within)]);
    if (!listed) throw gitFailed("diff");
    const all = parseNames(listed.toString("utf8"), folder);
    const files = all.slice(0, MOST_FILES);
    const patch =
      files.length === 0
        ? ""
        : (
            await diff(
              ["-U3"],
              files.map((one) => literalPath(one.relative)),
            )
          )?.toString("utf8");
    if (patch === undefined) throw gitFailed("diff");
    return {
      base,
      commit,
      files: files.map(({ status, path }) => ({ status, path })),
      isCut: all.length > files.length || patch.length > MOST_CHARACTERS,
      patch: patch.slice(0, MOST_CHARACTERS),
    };
  },
});

/** `M\0path\0`. What must not be shown is not listed either. */
function parseNames(listed: string, { folder, isDenied }: Awaited<ReturnType<ToolAccess["git"]>>["folder"]) {
  const fields = listed.split("\0");
  const files: { status: string; path: string; relative: string }[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const relative = fields[at + 1]!;
    if (!isDenied(relative)) files.push({ status: fields[at]!, path: folder.prefix + relative, relative });
  }
  return files;
}
