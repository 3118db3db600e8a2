import * as vscode from "vscode";
import { t } from "../../shared/localize.ts";
import type { ViewMessage } from "../../shared/panelProtocol.ts";
import { findingsAsMarkdown } from "../findingsAsMarkdown.ts";
import { findFinding } from "./findFinding.ts";
import type { RunSource } from "./runSource.ts";

const SHOWN_FOR_MS = 3_000;

/** Puts a finding of the run on the clipboard; one that the run does not know is ignored. */
export async function copyFinding(
  source: Pick<RunSource, "replay" | "lastReport">,
  wanted: ViewMessage & { type: "copy" },
): Promise<void> {
  const finding = findFinding(source, wanted);
  if (!finding) return;
  await vscode.env.clipboard.writeText(findingsAsMarkdown([finding]));
  vscode.window.setStatusBarMessage(t("Finding copied."), SHOWN_FOR_MS);
}
