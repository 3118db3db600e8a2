/** Ignoring findings, and having them back. */
import * as vscode from "vscode";
import type { Dismissal, DismissalReason, DismissalTarget, NewDismissal } from "../../shared/dismissal.ts";
import type { Finding } from "../../shared/report.ts";
import { displayLanguage, t, tCount } from "../../shared/localize.ts";
import type { FindingsStore } from "../findingsStore.ts";
import { oneLine } from "../oneLine.ts";
import { plainMessage } from "../plainMessage.ts";
import type { WindowDismissals } from "../windowDismissals.ts";

interface ReasonItem extends vscode.QuickPickItem {
  readonly reason: DismissalReason;
}

const reasonItems = (): readonly ReasonItem[] => [
  { reason: "false-positive", label: t("False positive"), detail: t("There is nothing wrong with the code.") },
  { reason: "wont-fix", label: t("Won't fix"), detail: t("It is right, but stays as it is.") },
  { reason: "later", label: t("Later"), detail: t("It is right, and is for another day.") },
];

export interface Dismissing {
  /** Asks why. Ends without a word when the person changes their mind. */
  dismiss(finding: Finding, scope: "finding" | "rule-in-file"): Promise<void>;
  /** Lists what is dismissed; those that are chosen come back. */
  showDismissed(): Promise<void>;
  /** Asks, then moves what is ignored on this machine to the repository's own file. */
  shareDismissed(): Promise<void>;
}

export function createDismissing(findings: FindingsStore, dismissals: () => Promise<WindowDismissals>): Dismissing {
  const restore = async (targets: readonly DismissalTarget[]) => {
    const report = await (await dismissals()).remove(targets);
    const isWanted = (finding: Finding) => targets.some((target) => isAbout(target, finding));
    // Only these: of all others, what stands in the editor is newer than what was stored.
    findings.bringBack(report?.findings.filter(isWanted) ?? []);
  };

  return {
    async dismiss(finding, scope) {
      const target = { id: scope === "finding" ? finding.id : null, path: finding.path, rule: finding.rule };
      const reason = await askReason(finding, scope);
      if (!reason) return;
      const dismissal: NewDismissal = { ...target, title: finding.title, ...reason };
      await (await dismissals()).add([dismissal]);
      const gone = findings.leaveOut(finding.path, (one) => isAbout(target, one));
      void offerUndo(t("Ignored: {0}.", ignoredWords(finding, scope, gone)), () => restore([target]));
    },
    async showDismissed() {
      const all = await (await dismissals()).list();
      if (all.length === 0) {
        void vscode.window.showInformationMessage(t("No finding of this workspace is ignored."));
        return;
      }
      const chosen = await vscode.window.showQuickPick(all.map(listItem), {
        title: t("Ignored findings"),
        placeHolder: t("Choose those that should be shown again"),
        canPickMany: true,
        matchOnDescription: true,
        matchOnDetail: true,
      });
      if (!chosen || chosen.length === 0) return;
      await restore(chosen.map((item) => item.dismissal));
      vscode.window.setStatusBarMessage(
        tCount(chosen.length, "{0} finding shown again.", "{0} findings shown again."),
        5_000,
      );
    },
    async shareDismissed() {
      const window = await dismissals();
      const count = (await window.list()).filter((one) => !one.isShared).length;
      if (count === 0) {
        void vscode.window.showInformationMessage(t("No finding of this workspace is ignored on this machine alone."));
        return;
      }
      if (await askToShare(count)) void offerFile(await window.share());
    },
  };
}

/** It changes the repository, and what everyone who works on it sees. */
async function askToShare(count: number): Promise<boolean> {
  const button = t("Share");
  const question = tCount(count, "Share {0} ignored finding?", "Share {0} ignored findings?");
  const detail = t(
    "They move from this machine to .onceover/ignore.json, with title, reason and note, and count for everyone who trusts the workspace. What you ignore from then on goes there too.",
  );
  return (await vscode.window.showInformationMessage(question, { modal: true, detail }, button)) === button;
}

async function offerFile(count: number): Promise<void> {
  const button = t("Open File");
  const said = tCount(count, "{0} ignored finding shared.", "{0} ignored findings shared.");
  if ((await vscode.window.showInformationMessage(said, button)) !== button) return;
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder) await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, ".onceover/ignore.json"));
}

/** An id is about one finding of a path; without one, it is about all of a rule. A moved file has another path. */
function isAbout(target: DismissalTarget & { readonly isMoved?: boolean }, finding: Finding): boolean {
  if (target.path !== finding.path && !target.isMoved) return false;
  return target.id === null ? target.rule === finding.rule : target.id === finding.id;
}

function ignoredWords(finding: Finding, scope: "finding" | "rule-in-file", count: number): string {
  if (scope === "finding") return oneLine(finding.title, 100);
  return tCount(
    count,
    "{0} finding of {1} in {2}",
    "{0} findings of {1} in {2}",
    oneLine(finding.rule, 60),
    oneLine(finding.path),
  );
}

async function askReason(
  finding: Finding,
  scope: "finding" | "rule-in-file",
): Promise<Pick<NewDismissal, "reason" | "note"> | undefined> {
  const title =
    scope === "finding"
      ? t("Ignore: {0}", oneLine(finding.title, 80))
      : t("Ignore {0} in {1}", oneLine(finding.rule, 60), oneLine(finding.path, 80));
  const chosen = await vscode.window.showQuickPick(reasonItems(), { title, placeHolder: t("Why?") });
  if (!chosen) return undefined;
  const prompt = t("In your own words, for the list of ignored findings. May be empty.");
  const note = await vscode.window.showInputBox({ title, prompt, value: "" });
  return note === undefined ? undefined : { reason: chosen.reason, note: note.trim() };
}

/** Nobody waits for the answer: a notification may stay for hours. */
async function offerUndo(message: string, undo: () => Promise<void>): Promise<void> {
  const button = t("Undo");
  if ((await vscode.window.showInformationMessage(plainMessage(message), button)) === button) await undo();
}

interface DismissedItem extends vscode.QuickPickItem {
  readonly dismissal: Dismissal;
}

function listItem(dismissal: Dismissal): DismissedItem {
  const { id, path, rule, title, note, author, createdAtMs, reason, isShared } = dismissal;
  const reasonLabel = reasonItems().find((item) => item.reason === reason)?.label ?? reason;
  const date = createdAtMs > 0 ? new Date(createdAtMs).toLocaleDateString(displayLanguage()) : "";
  const by = isShared ? t("shared with the team") : author;
  return {
    dismissal,
    label: id === null ? t("Every {0}", oneLine(rule, 60)) : oneLine(title, 100),
    description: oneLine(path),
    detail: oneLine([reasonLabel, note, by, date].filter(Boolean).join(" · ")),
  };
}
