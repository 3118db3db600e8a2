/** Tools with what an engine has: its store, its workers, its settings. */
import type { Reviewing } from "../review/reviewing.ts";
import { openTools, type Tools, type ToolsWorkspace } from "./openTools.ts";
import { createTypescriptChecker } from "./typescriptChecker.ts";

/** @param checkerFolder where a type checker may leave what its next run begins with */
export function openWorkspaceTools(workspace: ToolsWorkspace, reviewing: Reviewing, checkerFolder: string): Tools {
  const { ports, settings } = reviewing;
  const mayCheck = workspace.trusted && workspace.mayCheckTypes === true;
  const problems = ports.problems ?? (mayCheck ? createTypescriptChecker(checkerFolder) : undefined);
  return openTools({ workspace, planning: reviewing, exclude: settings.exclude, problems });
}
