import { expect, it } from "vitest";
import { mayShapeReview } from "../../../src/extension/mayShapeReview.ts";

it.each(["/w/src/a.ts", "/w/.gitignore", "/w/.github/workflows/ci.yml", "/w/.git", "/w/.onceover/ignore.json"])(
  "%s may",
  (path) => expect(mayShapeReview(path)).toBe(true),
);

it.each([
  "/w/.git/index",
  "/w/.git/HEAD",
  "/w/.git/config",
  "/w/.git/info/exclude",
  "/w/.git/modules/part/index",
  "/w/.git/worktrees/other/HEAD",
  "/w/part/.git/index",
])("%s says which files there are", (path) => expect(mayShapeReview(path)).toBe(true));

it.each(["/w/.git/index.lock", "/w/.git/FETCH_HEAD", "/w/.git/objects/12/34", "/w/.git/logs/HEAD.lock"])(
  "%s does not matter",
  (path) => expect(mayShapeReview(path)).toBe(false),
);
