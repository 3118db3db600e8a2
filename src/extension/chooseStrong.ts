/** The second step of choosing a hosted model: who reviews what is complex or security-sensitive. Sends nothing. */
import * as vscode from "vscode";
import type { OfferedModel } from "../core/model/listModels.ts";
import { t } from "../shared/localize.ts";
import { strongChoices, type StrongChoice } from "./modelChoices.ts";

interface StrongOptions {
  readonly models: readonly OfferedModel[];
  /** What reviews the rest. */
  readonly usual: string;
  /** What is set now; null: one model for all. */
  readonly current: string | null;
}

/** @returns null: one model for all. undefined: nothing to choose from, or the user has passed over it. */
export async function chooseStrong({ models, usual, current }: StrongOptions): Promise<string | null | undefined> {
  const choices = strongChoices(models, usual, current);
  if (choices.length < 2) return undefined;
  const items = choices.map((choice): StrongChoice & vscode.QuickPickItem => choice);
  const picked = await vscode.window.showQuickPick(items, {
    title: t("For Complex or Security-Sensitive Files"),
    placeHolder: t("Told by their content alone. The report says which files, and why."),
  });
  return picked?.model;
}
