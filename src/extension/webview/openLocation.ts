import * as vscode from "vscode";
import { escapeLine } from "../../shared/escapeText.ts";
import { t } from "../../shared/localize.ts";
import type { ViewMessage } from "../../shared/panelProtocol.ts";
import { plainMessage } from "../plainMessage.ts";
import type { RunSource } from "./runSource.ts";

/** Shows a place of a file that the run knows; any other path is ignored. */
export async function openLocation(
  source: Pick<RunSource, "resolve">,
  place: ViewMessage & { type: "open" },
): Promise<void> {
  const uri = source.resolve(place.path);
  if (!uri) return;
  const position = new vscode.Position(place.line - 1, place.column - 1);
  try {
    await vscode.window.showTextDocument(uri, { preview: true, selection: new vscode.Range(position, position) });
  } catch {
    // Gone, or not text: the editor's own words would name an absolute path and little else.
    void vscode.window.showWarningMessage(
      t("{0} cannot be opened. It may have been moved or deleted.", plainMessage(escapeLine(place.path))),
    );
  }
}
