/** A finding as the Problems view shows it. Pure; diagnostics.ts makes VS Code's objects of it. */
import type { Finding, Severity } from "../shared/report.ts";
import { escapeText } from "../shared/escapeText.ts";
import { t } from "../shared/localize.ts";
import { oneLine } from "./oneLine.ts";

export interface DiagnosticModel {
  /** 0-based, end exclusive, as VS Code counts. */
  readonly range: {
    readonly startLine: number;
    readonly startCharacter: number;
    readonly endLine: number;
    readonly endCharacter: number;
  };
  readonly message: string;
  readonly severity: Severity;
  readonly code: string;
}

const MAX_DETAIL = 2_000;

/** @param isStale its code was edited: it may be solved, so it is shown with less weight until it is reviewed again */
export function toDiagnosticModel(finding: Finding, isStale = false): DiagnosticModel {
  const startLine = zeroBased(finding.startLine);
  const startCharacter = zeroBased(finding.startColumn);
  const endLine = Math.max(startLine, zeroBased(finding.endLine));
  const endCharacter = zeroBased(finding.endColumn);
  return {
    range: {
      startLine,
      startCharacter,
      endLine,
      endCharacter: endLine === startLine ? Math.max(startCharacter, endCharacter) : endCharacter,
    },
    message: isStale ? t("Changed since the review: {0}", messageOf(finding)) : messageOf(finding),
    severity: isStale ? "info" : finding.severity,
    code: oneLine(finding.rule, 80),
  };
}

function zeroBased(number: number): number {
  return Math.max(0, number - 1);
}

/** The first line is a sentence that stands alone: it is all that the Problems view shows of a message. */
function messageOf(finding: Finding): string {
  const title = oneLine(finding.title);
  const detail = escapeText(finding.detail).trim();
  const cut = detail.length <= MAX_DETAIL ? detail : `${detail.slice(0, MAX_DETAIL - 1)}…`;
  return cut === "" || cut === title ? title : `${title}\n${cut}`;
}
