/** The hover of a finding: what its diagnostic does not say, and what can be done. */
import * as vscode from "vscode";
import type { FileReport } from "../../shared/report.ts";
import { FINDING_COMMANDS, hoverMarkdown } from "./findingText.ts";
import type { ShownFindings } from "./shownFindings.ts";

const MAX_IN_ONE_PLACE = 5;

/** @param fileReport what the last run said about a file */
export function registerFindingHover(
  shown: ShownFindings,
  fileReport: (path: string) => FileReport | undefined,
): vscode.Disposable {
  return vscode.languages.registerHoverProvider(
    { scheme: "file" },
    {
      provideHover(document, position) {
        const found = shown.at(document.uri, new vscode.Range(position, position)).slice(0, MAX_IN_ONE_PLACE);
        if (found.length === 0) return undefined;
        const contents = found.map(({ finding, isStale }) => {
          const text = new vscode.MarkdownString(hoverMarkdown(finding, isStale, fileReport(finding.path)));
          text.isTrusted = { enabledCommands: Object.values(FINDING_COMMANDS) };
          return text;
        });
        return new vscode.Hover(contents, found[0]!.range);
      },
    },
  );
}
