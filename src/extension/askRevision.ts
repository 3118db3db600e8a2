/** With what the files are compared: asked before only the changes are reviewed. */
import * as vscode from "vscode";
import type { Branch } from "../core/engine.ts";
import { OnceoverError } from "../shared/errors.ts";
import { t } from "../shared/localize.ts";
import type { WorkspaceMemory } from "./memory.ts";
import { oneLine } from "./oneLine.ts";

interface RevisionItem extends vscode.QuickPickItem {
  /** undefined: it is typed. */
  readonly revision?: string;
}

/**
 * @param findBranches asked once the question is on the screen, which fills when they are known
 * @returns a git revision; undefined when the user gave up
 * @throws usage in a folder that is not trusted: there git is not run
 */
export async function askRevision(
  memory: WorkspaceMemory,
  findBranches: () => Promise<readonly Branch[]>,
): Promise<string | undefined> {
  if (!vscode.workspace.isTrusted) {
    throw new OnceoverError(
      "usage",
      t("Changes are found with git, which is not run in a folder that is not trusted."),
      {
        advice: t("Trust the folder, or analyze all of it."),
      },
    );
  }
  const last = memory.lastRevision();
  const items = findBranches().then((branches) => itemsOf(branches, last));
  const picked = await vscode.window.showQuickPick<RevisionItem>(items, {
    title: t("Analyze What Differs From"),
    placeHolder: t(
      "As in a pull request: from where your branch left it. Files with unsaved changes count as on disk.",
    ),
    matchOnDescription: true,
  });
  if (!picked) {
    // What failed is told; the question alone would only have gone.
    await items;
    return undefined;
  }
  const revision = picked.revision ?? (await typeRevision(last));
  if (revision !== undefined) await memory.saveRevision(revision);
  return revision;
}

/** The most likely answers first: the one of last time, the likely base, what is not committed; then all branches. */
function itemsOf(branches: readonly Branch[], last: string | undefined): RevisionItem[] {
  const base = branches.filter(({ isLikelyBase }) => isLikelyBase).map((branch) => branchItem(branch, last));
  const others = branches.filter(({ isLikelyBase }) => !isLikelyBase).map((branch) => branchItem(branch, last));
  const isTyped = last !== undefined && last !== "HEAD" && !branches.some(({ name }) => name === last);
  return [
    ...(isTyped ? [{ revision: last, label: oneLine(last), iconPath: COMMIT, description: t("last time") }] : []),
    ...base,
    { revision: "HEAD", label: t("Uncommitted changes only"), iconPath: EDIT, description: "HEAD" },
    { label: t("Another branch, tag or commit…"), iconPath: TERMINAL },
    ...(others.length > 0 ? [{ label: t("Branches, newest first"), kind: vscode.QuickPickItemKind.Separator }] : []),
    ...others,
  ];
}

const BRANCH = new vscode.ThemeIcon("git-branch");
const COMMIT = new vscode.ThemeIcon("git-commit");
const EDIT = new vscode.ThemeIcon("edit");
const TERMINAL = new vscode.ThemeIcon("terminal");

function branchItem({ name, committedAtMs, isCurrent, isLikelyBase }: Branch, last: string | undefined): RevisionItem {
  const marks = [
    isLikelyBase ? t("likely base") : "",
    isCurrent ? t("current branch") : "",
    name === last ? t("last time") : "",
    new Date(committedAtMs).toLocaleDateString(vscode.env.language),
  ];
  // An icon's syntax in a branch's name would be drawn.
  const label = oneLine(name).replaceAll("$(", "$ (");
  return { revision: name, label, iconPath: BRANCH, description: marks.filter(Boolean).join(", ") };
}

async function typeRevision(last: string | undefined): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({
    title: t("Analyze What Differs From"),
    prompt: t("A branch, a tag or a commit, as git knows it."),
    value: last ?? "",
    validateInput: (text) => (text.trim() === "" ? t("Name a branch, a tag or a commit.") : undefined),
  });
  return typed?.trim();
}
