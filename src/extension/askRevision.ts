/** With what the files are compared: asked before only the changes are reviewed. */
import * as vscode from "vscode";
import { OnceoverError } from "../shared/errors.ts";
import { t } from "../shared/localize.ts";
import type { WorkspaceMemory } from "./memory.ts";

/** What most branches are made from; git says which of them there are. */
const USUAL = ["main", "master", "origin/main", "origin/master"];

interface RevisionItem extends vscode.QuickPickItem {
  /** undefined: it is typed. */
  readonly revision?: string;
}

/**
 * @returns a git revision; undefined when the user gave up
 * @throws usage in a folder that is not trusted: there git is not run
 */
export async function askRevision(memory: WorkspaceMemory): Promise<string | undefined> {
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
  const picked = await vscode.window.showQuickPick<RevisionItem>(itemsOf(last), {
    title: t("Analyze What Differs From"),
    placeHolder: t(
      "As in a pull request: from where your branch left it. Files with unsaved changes count as on disk.",
    ),
    matchOnDescription: true,
  });
  if (!picked) return undefined;
  const revision = picked.revision ?? (await typeRevision(last));
  if (revision !== undefined) await memory.saveRevision(revision);
  return revision;
}

function itemsOf(last: string | undefined): RevisionItem[] {
  const branches = [...new Set([...(last && last !== "HEAD" ? [last] : []), ...USUAL])];
  return [
    ...branches.map((revision) => ({
      revision,
      label: `$(git-branch) ${revision}`,
      description: revision === last ? t("last time") : "",
    })),
    { revision: "HEAD", label: `$(edit) ${t("Uncommitted changes only")}`, description: "HEAD" },
    { label: `$(terminal) ${t("Another branch, tag or commit…")}` },
  ];
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
