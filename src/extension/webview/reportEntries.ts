/** Turns facts of a run into what the report view shows. */
import type { RunEvent } from "../../shared/events.ts";
import type { ReportEntry, ReportFinding } from "../../shared/panelProtocol.ts";
import type { FileReport, Finding, Report, SecondLook } from "../../shared/report.ts";

const maxQuoteLines = 24;
const maxQuoteCharacters = 4000;
const maxTextCharacters = 8000;

/** What an event adds to the report; empty for most. */
export function entriesOfEvent(event: RunEvent): readonly ReportEntry[] {
  switch (event.type) {
    case "finding":
      return [{ type: "finding", finding: shownFinding(event.finding) }];
    case "file-end":
      return [
        {
          type: "file",
          path: event.path,
          status: event.status,
          reason: event.reason,
          summary: shownSummary(event.summary),
          model: event.model,
          costUsd: event.costUsd,
          findings: event.findings.map(shownFinding),
          ...(event.refuted && { refuted: event.refuted.map(shownFinding) }),
        },
      ];
    case "unchanged":
      return entriesOfReport(event.report, event.summaries);
    case "notice":
      return [{ type: "notice", level: event.level, message: event.message }];
    case "run-end":
      return event.report.files
        .filter((file) => file.status !== "reviewed" && file.status !== "cached")
        .map(statusOnly);
    default:
      return [];
  }
}

/** The entries of a stored report, file by file. */
export function entriesOfReport(
  report: Report,
  summaries: Readonly<Record<string, string>> = {},
): readonly ReportEntry[] {
  const byPath = Map.groupBy(report.findings, (finding) => finding.path);
  const refuted = Map.groupBy(report.refuted ?? [], (finding) => finding.path);
  return report.files.map((file) => ({
    ...statusOnly(file),
    // A file may be named as what every object has.
    summary: shownSummary(Object.hasOwn(summaries, file.path) ? summaries[file.path] : null),
    findings: (byPath.get(file.path) ?? []).map(shownFinding),
    refuted: (refuted.get(file.path) ?? []).map(shownFinding),
  }));
}

function shownSummary(summary: string | null = null): string | null {
  return summary === null ? null : cut(summary, maxTextCharacters);
}

function statusOnly(file: FileReport): ReportEntry & { type: "file" } {
  return {
    type: "file",
    path: file.path,
    status: file.status,
    reason: file.reason,
    summary: null,
    model: file.model,
    costUsd: file.costUsd,
    findings: null,
  };
}

function shownFinding(finding: Finding): ReportFinding {
  const lines = finding.quote.split("\n");
  const shown = lines.slice(0, maxQuoteLines);
  return {
    id: finding.id,
    path: finding.path,
    startLine: finding.startLine,
    startColumn: finding.startColumn,
    endLine: finding.endLine,
    endColumn: finding.endColumn,
    severity: finding.severity,
    category: finding.category,
    rule: finding.rule,
    title: cut(finding.title, maxTextCharacters),
    detail: cut(finding.detail, maxTextCharacters),
    quote: cut(shown.join("\n"), maxQuoteCharacters),
    quoteLinesLeftOut: lines.length - shown.length,
    source: finding.source,
    ...(finding.secondLook && { secondLook: shownLook(finding.secondLook) }),
  };
}

function shownLook({ verdict, reason, evidence }: SecondLook): SecondLook {
  return {
    verdict,
    reason: cut(reason, maxTextCharacters),
    evidence: evidence === null ? null : cut(evidence, maxQuoteCharacters),
  };
}

function cut(text: string, maxCharacters: number): string {
  return text.length > maxCharacters ? `${text.slice(0, maxCharacters)}…` : text;
}
